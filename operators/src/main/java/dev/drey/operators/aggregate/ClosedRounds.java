package dev.drey.operators.aggregate;

import dev.drey.core.work.Round;
import java.util.TreeSet;

/**
 * The rounds whose sums a node has forwarded. Every node closes every step, so a mark below which
 * all steps are closed, and the few closed ones above it, are enough; evaluations are closed in
 * order, so the last one is enough. Not thread-safe.
 */
final class ClosedRounds {

  private static final int HEAD = 2;

  private final TreeSet<Long> above = new TreeSet<>();
  private long allBelow;
  private long evaluated;

  /**
   * @param firstStep of this node; earlier steps were closed before it existed
   */
  ClosedRounds(long firstStep) {
    this.allBelow = firstStep;
  }

  boolean contains(Round round) {
    return switch (round.kind()) {
      case EVALUATION -> round.step() <= evaluated;
      case TRAINING -> round.step() < allBelow || above.contains(round.step());
    };
  }

  void add(Round round) {
    if (!round.isTraining()) {
      evaluated = Math.max(evaluated, round.step());
      return;
    }
    above.add(round.step());
    while (above.remove(allBelow)) {
      allBelow++;
    }
  }

  /**
   * For the state: the mark, the last evaluation, the steps above the mark. Kinds of round are
   * distinguished by their place, so none needs a code.
   */
  long[] toArray() {
    long[] array = new long[HEAD + above.size()];
    array[0] = allBelow;
    array[1] = evaluated;
    int at = HEAD;
    for (long step : above) {
      array[at++] = step;
    }
    return array;
  }

  static ClosedRounds of(long[] array) {
    ClosedRounds closed = new ClosedRounds(array[0]);
    closed.evaluated = array[1];
    for (int at = HEAD; at < array.length; at++) {
      closed.above.add(array[at]);
    }
    return closed;
  }
}
