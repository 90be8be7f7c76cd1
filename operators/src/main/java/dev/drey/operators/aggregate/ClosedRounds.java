package dev.drey.operators.aggregate;

import dev.drey.core.work.Round;
import java.util.TreeSet;

/**
 * Which rounds' sums a node has sent on. Every node has every step, so a mark below which all are
 * closed and the few beyond it say it all; evaluations come one after another, so the last one
 * does. Not thread-safe.
 */
final class ClosedRounds {

  private static final int HEAD = 2;

  private final TreeSet<Long> beyond = new TreeSet<>();
  private long allBelow;
  private long evaluated;

  /**
   * @param firstStep below which there is nothing, since the node is newer
   */
  ClosedRounds(long firstStep) {
    this.allBelow = firstStep;
  }

  boolean contains(Round round) {
    return switch (round.kind()) {
      case EVALUATION -> round.step() <= evaluated;
      case TRAINING -> round.step() < allBelow || beyond.contains(round.step());
    };
  }

  void add(Round round) {
    if (!round.isTraining()) {
      evaluated = Math.max(evaluated, round.step());
      return;
    }
    beyond.add(round.step());
    while (beyond.remove(allBelow)) {
      allBelow++;
    }
  }

  /** For the state: the mark, the last evaluation, the steps beyond the mark. */
  long[] toArray() {
    long[] array = new long[HEAD + beyond.size()];
    array[0] = allBelow;
    array[1] = evaluated;
    int at = HEAD;
    for (long step : beyond) {
      array[at++] = step;
    }
    return array;
  }

  static ClosedRounds of(long[] array) {
    ClosedRounds closed = new ClosedRounds(array[0]);
    closed.evaluated = array[1];
    for (int at = HEAD; at < array.length; at++) {
      closed.beyond.add(array[at]);
    }
    return closed;
  }
}
