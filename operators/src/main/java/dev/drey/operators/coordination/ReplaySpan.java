package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * Steps in which a share of the slots replays earlier examples.
 *
 * @param from the first step, at least 0
 * @param to the first step behind the span, above {@code from}
 * @param since the earliest step whose examples are replayed
 */
public record ReplaySpan(long from, long to, long since) implements Serializable {

  private static final long serialVersionUID = 1L;

  public ReplaySpan {
    if (from < 0 || to <= from || since < 0) {
      throw new IllegalArgumentException(
          "steps ["
              + from
              + ", "
              + to
              + ") replay what came since step "
              + since
              + ": there must be one at least, and none may be negative");
    }
  }

  public boolean contains(long step) {
    return from <= step && step < to;
  }
}
