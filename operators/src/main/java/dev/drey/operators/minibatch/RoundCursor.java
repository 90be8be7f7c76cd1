package dev.drey.operators.minibatch;

import dev.drey.core.parameters.Range;
import dev.drey.core.work.Round;

/** Walks one unit of slots through the rounds of a run. Not thread-safe. */
public final class RoundCursor implements Comparable<RoundCursor> {

  private final Rounds rounds;
  private final int unit;
  private final Range slots;
  private Round round;
  private int slot;

  /**
   * @param slots of the unit
   * @param split where it stands
   */
  public RoundCursor(Rounds rounds, Range slots, UnitSplit split) {
    this.rounds = rounds;
    this.unit = split.unit();
    this.slots = slots;
    this.round = split.round();
    this.slot = split.slot();
    skipRoundsThatAreNone();
  }

  /** Whether nothing is left of a run that is cut off at a version. */
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

  /** The same, counted within the unit. */
  public int slotOfUnit() {
    return slot;
  }

  /** Whether it is the last slot of the unit. */
  public boolean isLastSlot() {
    return slot == slots.length() - 1;
  }

  /** On to the next slot, or the next round. */
  public void advance() {
    slot++;
    if (slot == slots.length()) {
      slot = 0;
      round = round.next();
      skipRoundsThatAreNone();
    }
  }

  public UnitSplit split() {
    return new UnitSplit(unit, round, slot);
  }

  private void skipRoundsThatAreNone() {
    if (!round.isTraining() && !rounds.evaluatesAt(step())) {
      round = round.next();
    }
  }

  /** Rounds come in order, so that no slot of a step waits behind a later step. */
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
