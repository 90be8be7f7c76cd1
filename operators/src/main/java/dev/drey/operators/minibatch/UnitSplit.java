package dev.drey.operators.minibatch;

import dev.drey.core.work.Round;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A unit of slots and its next slot.
 *
 * @param unit index of the unit in the structure's shares
 * @param round the next round
 * @param slot the next slot of that round, counted within the unit
 */
public record UnitSplit(int unit, Round round, int slot) implements SourceSplit {

  /** A unit that starts with the evaluation of a version. */
  public static UnitSplit before(int unit, long version) {
    return new UnitSplit(unit, Round.evaluation(version), 0);
  }

  @Override
  public String splitId() {
    return "unit-" + unit;
  }
}
