package dev.drey.job.run;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Drops;
import dev.drey.operators.coordination.Progress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The account of a run's training examples: planned + put back = counted + dropped.
 *
 * @param planned examples that the feed emitted for the steps that were applied
 * @param putBack examples that were dropped from one step and added to a later one
 * @param counted examples whose gradients are in the weights, counted once per gradient
 * @param dropped the others, by reason
 */
record ExampleBalance(long planned, long putBack, long counted, Drops dropped) {

  static ExampleBalance of(Progress last, long planned) {
    return new ExampleBalance(
        planned, last.account().putBack(), last.totals().examples(), last.account().dropped());
  }

  long offered() {
    return planned + putBack;
  }

  /** The dropped examples by the word for the reason, with all reasons, in order. */
  Map<String, Long> byReason() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (DropReason reason : DropReason.values()) {
      counts.put(reason.word(), dropped.of(reason));
    }
    return counts;
  }

  /**
   * Checks that each example is accounted for.
   *
   * @throws RunFailedException if not
   */
  void check() throws RunFailedException {
    if (offered() != counted + dropped.total()) {
      throw new RunFailedException(
          "the examples do not balance: "
              + offered()
              + " were assigned ("
              + planned
              + " planned, "
              + putBack
              + " put back), "
              + counted
              + " were counted and "
              + dropped.total()
              + " dropped. The model cannot be trusted",
          null);
    }
  }
}
