package dev.drey.operators.stream;

import dev.drey.core.aggregation.Shares;
import dev.drey.operators.coordination.LoopEvent;
import dev.drey.operators.coordination.ReplaySpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The units of slots of a task, how far the loop is, and so the unit whose mini-batch is filled
 * next. Not thread-safe.
 */
final class OpenUnits implements LoopEvent.Receiver {

  private static final long NO_VERSION = -1;

  /** So many steps ahead, a task has had examples for a whole step more, so there is a backlog. */
  private static final int FULL_STEPS_AHEAD = 2;

  private final StreamPlan plan;
  private final Shares shares;
  private final PriorityQueue<StreamUnit> open = new PriorityQueue<>();
  private final List<StreamUnit> finished = new ArrayList<>();
  private long begun;
  private long version = NO_VERSION;
  private List<ReplaySpan> replays = List.of();
  private long stoppedAt = Long.MAX_VALUE;

  OpenUnits(StreamPlan plan) {
    this.plan = plan;
    this.shares = plan.shares();
  }

  /** Continues a unit where its split is. */
  void add(StreamSplit.Unit split) {
    add(new StreamUnit(plan.steps(), shares.units().get(split.place().unit()), split));
  }

  void add(StreamUnit unit) {
    if (unit.finished(stoppedAt)) {
      finished.add(unit);
    } else {
      open.add(unit);
    }
  }

  /** Removes a unit before its next slot changes, which the order depends on. */
  void remove(StreamUnit unit) {
    open.remove(unit);
  }

  /** All units, finished ones included. */
  Stream<StreamUnit> all() {
    return Stream.concat(open.stream(), finished.stream());
  }

  /** Whether every example and record read is in a mini-batch. */
  boolean isDrained() {
    return open.stream().noneMatch(unit -> unit.hasExamples() || unit.hasRead());
  }

  @Override
  public void versionReached(LoopEvent.VersionReached event) {
    version = event.version();
    replays = event.replays();
  }

  /** An earlier event may have named an earlier version. */
  @Override
  public void stopAt(LoopEvent.StopAt event) {
    stoppedAt = Math.min(stoppedAt, event.steps());
    List<StreamUnit> all = List.copyOf(open);
    open.clear();
    all.forEach(this::add);
  }

  /**
   * Whether the run is about to end: its last mini-batches are made of the examples read so far.
   */
  boolean isStopping() {
    return stoppedAt < Long.MAX_VALUE;
  }

  /** Whether all mini-batches are made and the run's last version is reached. */
  boolean ended() {
    return open.isEmpty() && version >= Math.min(plan.steps().steps(), stoppedAt);
  }

  /** How many steps were begun, by this task or another. */
  long begun() {
    return begun;
  }

  /**
   * Some task has an example for the last of so many steps.
   *
   * @return whether that is new
   */
  boolean begin(long count) {
    boolean later = count > begun;
    begun = Math.max(begun, count);
    return later;
  }

  /** The unit whose mini-batch is filled next; null if none may be made yet. */
  @Nullable StreamUnit head() {
    StreamUnit first = open.peek();
    if (first == null || version == NO_VERSION || !isNearEnough(first.step())) {
      return null;
    }
    if (!isReplay(first) || isWanted(first)) {
      return first;
    }
    // The next record goes to the same slot whether or not another task has begun the step.
    StreamUnit next =
        Collections.min(
            open, Comparator.comparingLong(this::nextToFill).thenComparing(unit -> unit));
    return isNearEnough(nextToFill(next)) ? next : null;
  }

  private boolean isNearEnough(long step) {
    return step < version + plan.stepsAhead();
  }

  /** The step of the unit's next slot that takes new examples: of two in a row one does. */
  private long nextToFill(StreamUnit unit) {
    if (!isReplay(unit)) {
      return unit.step();
    }
    return unit.slotsLeft().anyMatch(slot -> replayedSince(unit.step(), slot).isEmpty())
        ? unit.step()
        : unit.step() + 1;
  }

  /** Whether any task has an example for the unit's step. */
  boolean isWanted(StreamUnit unit) {
    return unit.hasExamples() || unit.step() < begun;
  }

  /** Whether the unit is so far behind others that these wait with examples for it. */
  boolean isBehind(StreamUnit unit) {
    return unit.step() + FULL_STEPS_AHEAD < begun;
  }

  /** Whether the unit's next slot replays. */
  boolean isReplay(StreamUnit unit) {
    return replayedSince(unit).isPresent();
  }

  /** The earliest step whose examples the unit's next slot replays; empty if it does not replay. */
  OptionalLong replayedSince(StreamUnit unit) {
    return unit.evaluates() ? OptionalLong.empty() : replayedSince(unit.step(), unit.slot());
  }

  /**
   * Depends on step and slot alone, not on what was read, so that it is the same after a failure.
   */
  private OptionalLong replayedSince(long step, int slot) {
    Replaying replaying = plan.replaying();
    return replaying == null || !replaying.takes(step, slot)
        ? OptionalLong.empty()
        : replays.stream()
            .filter(span -> span.contains(step))
            .mapToLong(ReplaySpan::since)
            .findFirst();
  }
}
