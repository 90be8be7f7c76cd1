package dev.drey.operators.minibatch;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A unit of slots and how far it has been dealt out.
 *
 * @param unit index of the unit in the structure's shares
 * @param position the next round: 2 v for the evaluation of version v, 2 v + 1 for step v
 * @param slot the next slot of that round, counted within the unit
 */
public record UnitSplit(int unit, long position, int slot) implements SourceSplit {

  /** A unit of which nothing was dealt out, from the evaluation of a version on. */
  public static UnitSplit before(int unit, long version) {
    return new UnitSplit(unit, 2 * version, 0);
  }

  @Override
  public String splitId() {
    return "unit-" + unit;
  }
}
