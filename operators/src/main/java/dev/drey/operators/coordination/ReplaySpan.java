package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * Steps in which a share of the slots is trained on examples of before once more.
 *
 * @param from the first of them, at least 0
 * @param to the first that is none of them, above {@code from}
 * @param since the examples are of this step or later ones
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
