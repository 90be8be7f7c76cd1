package dev.drey.operators.minibatch;

import dev.drey.core.parameters.Range;
import dev.drey.core.work.Round;

/** Iterates over the slots of one unit, round by round. Not thread-safe. */
public final class RoundCursor implements Comparable<RoundCursor> {

  private final Rounds rounds;
  private final int unit;
  private final Range slots;
  private Round round;
  private int slot;

  /**
   * @param slots of the unit
   * @param split the unit's position
   */
  public RoundCursor(Rounds rounds, Range slots, UnitSplit split) {
    this.rounds = rounds;
    this.unit = split.unit();
    this.slots = slots;
    this.round = split.round();
    this.slot = split.slot();
    skipIfNotEvaluated();
  }

  /** Whether no slot is left if the run ends with a version. */
  public boolean finished(long stoppedAt) {
    long last = Math.min(stoppedAt, rounds.steps());
    return step() > last || (step() == last && round.isTraining());
  }

  /** The step, or the version to evaluate, that comes next. */
  public long step() {
    return round.step();
  }

  /** The round that comes next. */
  public Round round() {
    return round;
  }

  /** The slot that comes next. */
  public int slot() {
    return slots.from() + slot;
  }

  /** The slot that comes next, counted from the first of the unit. */
  public int slotOfUnit() {
    return slot;
  }

  /** Whether it is the last slot of the unit. */
  public boolean isLastSlot() {
    return slot == slots.length() - 1;
  }

  /** Moves on to the next slot, or to the next round. */
  public void advance() {
    slot++;
    if (slot == slots.length()) {
      slot = 0;
      round = round.next();
      skipIfNotEvaluated();
    }
  }

  public UnitSplit split() {
    return new UnitSplit(unit, round, slot);
  }

  private void skipIfNotEvaluated() {
    if (!round.isTraining() && !rounds.evaluatesAt(step())) {
      round = round.next();
    }
  }

  /** In the order of rounds, so that no slot of a step waits behind a later step. */
  @Override
  public int compareTo(RoundCursor other) {
    int byRound = round.compareTo(other.round);
    return byRound != 0 ? byRound : Integer.compare(unit, other.unit);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoundCursor o && compareTo(o) == 0;
  }

  @Override
  public int hashCode() {
    return unit;
  }
}
