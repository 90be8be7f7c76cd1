package dev.drey.operators.minibatch;

import dev.drey.core.data.MiniBatch;
import dev.drey.core.data.StepPlan;
import dev.drey.core.parameters.Range;

/** Walks one unit of slots through the rounds of a plan. Not thread-safe. */
final class UnitCursor implements Comparable<UnitCursor> {

  private final StepPlan plan;
  private final int unit;
  private final Range slots;
  private long position;
  private int slot;

  UnitCursor(StepPlan plan, Range slots, UnitSplit split) {
    this.plan = plan;
    this.unit = split.unit();
    this.slots = slots;
    this.position = split.position();
    this.slot = split.slot();
    skipRoundsThatAreNone();
  }

  /** Whether nothing is left of a plan that is cut off at a version. */
  boolean finished(long stoppedAt) {
    return position > 2 * Math.min(stoppedAt, plan.steps());
  }

  /** The step, or the version to evaluate, that comes next. */
  long step() {
    return position / 2;
  }

  /** The next mini-batch; not to be called when finished. */
  MiniBatch next() {
    int at = slots.from() + slot;
    MiniBatch miniBatch = training() ? plan.training(step(), at) : plan.evaluation(step(), at);
    slot++;
    if (slot == slots.length()) {
      slot = 0;
      position++;
      skipRoundsThatAreNone();
    }
    return miniBatch;
  }

  UnitSplit split() {
    return new UnitSplit(unit, position, slot);
  }

  private boolean training() {
    return position % 2 == 1;
  }

  private void skipRoundsThatAreNone() {
    if (!training() && !plan.evaluatesAt(step())) {
      position++;
    }
  }

  /** Rounds come in order, so that no slot of a step waits behind a later step. */
  @Override
  public int compareTo(UnitCursor other) {
    int byPosition = Long.compare(position, other.position);
    return byPosition != 0 ? byPosition : Integer.compare(unit, other.unit);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnitCursor o && compareTo(o) == 0;
  }

  @Override
  public int hashCode() {
    return unit;
  }
}
