package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.drift.DriftDetector;
import dev.drey.core.drift.Shift;
import dev.drey.operators.coordination.ReplaySpan;
import dev.drey.operators.server.DriftRule.Reaction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Detects drifts in the steps of a shard, and adjusts the steps after one. Every shard gets the
 * same tally of every step, so all detect the same drift at the same version without communicating,
 * and again after a failure. Not thread-safe.
 */
final class DriftWatch {

  private static final byte VERSION = 2;
  private static final byte FIRST_VERSION = 1; // without replays
  private static final int HEAD_BYTES = 1 + 3 * Long.BYTES + Integer.BYTES;
  private static final int SPAN_BYTES = 3 * Long.BYTES;
  private static final long NEVER = -1;

  private final @Nullable DriftRule rule;
  private final long replayDelay;
  private final @Nullable DriftDetector detector;
  private long drifts;
  private long latest = NEVER;
  private long momentsSince;
  private final List<ReplaySpan> replays = new ArrayList<>(); // that are not over

  /**
   * Continues from a state.
   *
   * @param rule by which to watch, or null not to watch
   * @param replayDelay how many steps after a drift its replay begins, at least 0
   * @param state of {@link #toBytes}, or null to begin
   */
  DriftWatch(@Nullable DriftRule rule, long replayDelay, byte @Nullable [] state) {
    this.rule = rule;
    this.replayDelay = replayDelay;
    byte[] found = null;
    if (state != null) {
      ByteBuffer buffer = ByteBuffer.wrap(state);
      byte version = buffer.get();
      if (version != VERSION && version != FIRST_VERSION) {
        throw new IllegalArgumentException(
            "the state of a watch for drifts has version "
                + version
                + ", this side reads up to "
                + VERSION);
      }
      drifts = buffer.getLong();
      latest = buffer.getLong();
      momentsSince = buffer.getLong();
      for (int left = version == FIRST_VERSION ? 0 : buffer.getInt(); left > 0; left--) {
        replays.add(new ReplaySpan(buffer.getLong(), buffer.getLong(), buffer.getLong()));
      }
      found = Arrays.copyOfRange(state, buffer.position(), state.length);
    }
    this.detector =
        rule == null
            ? null
            : rule.detector().open(found == null || found.length == 0 ? null : found);
  }

  /** The state, in a versioned format. */
  byte[] toBytes() {
    byte[] found = detector == null ? new byte[0] : detector.toBytes();
    ByteBuffer buffer =
        ByteBuffer.allocate(HEAD_BYTES + replays.size() * SPAN_BYTES + found.length);
    buffer.put(VERSION).putLong(drifts).putLong(latest).putLong(momentsSince);
    buffer.putInt(replays.size());
    replays.forEach(span -> buffer.putLong(span.from()).putLong(span.to()).putLong(span.since()));
    return buffer.put(found).array();
  }

  /** How the update of a step differs from the usual one. */
  StepAdjustment adjustment(long step) {
    boolean boosted = rule != null && rule.reaction() instanceof Reaction.Boost;
    double factor =
        boosted && latest != NEVER ? ((Reaction.Boost) rule.reaction()).at(step - latest) : 1;
    return new StepAdjustment(factor, step - momentsSince + 1);
  }

  /** Spans of steps that replay, in order, without those that are over. */
  List<ReplaySpan> replays() {
    return List.copyOf(replays);
  }

  /** Drifts since the run's start. */
  long drifts() {
    return drifts;
  }

  /**
   * Looks at a step that was applied; if there is a drift, the next steps are adjusted.
   *
   * @param moments of the optimizer; set to zero if that is the reaction
   * @return the drift, if this step revealed one
   */
  Optional<Drift> applied(PartialSum sum, float[][] moments) {
    long version = sum.round().step() + 1;
    replays.removeIf(span -> span.to() <= version);
    if (rule == null || detector == null || sum.tally().examples() == 0) {
      return Optional.empty();
    }
    Optional<Shift> rise = detector.add(rule.value(sum.tally())).filter(Shift::rises);
    if (rise.isPresent()) {
      drifts++;
      latest = version;
      if (rule.reaction() instanceof Reaction.ResetOptimizer) {
        for (float[] moment : moments) {
          Arrays.fill(moment, 0);
        }
        momentsSince = version;
      }
    }
    Optional<Drift> drift = rise.map(shift -> drift(version, shift, rule.range()));
    if (rule.reaction() instanceof Reaction.Replay replay) {
      drift.ifPresent(found -> replay(found, replay.steps()));
    }
    return drift;
  }

  /** A new replay replaces an earlier one from the step on where it begins. */
  private void replay(Drift drift, long steps) {
    long from = drift.version() + replayDelay;
    replays.removeIf(span -> span.from() >= from);
    replays.replaceAll(
        span -> new ReplaySpan(span.from(), Math.min(span.to(), from), span.since()));
    replays.add(new ReplaySpan(from, from + steps, drift.began()));
  }

  private static Drift drift(long version, Shift shift, double range) {
    return new Drift(
        version,
        Math.max(0, version - shift.since()),
        shift.before() * range,
        shift.after() * range);
  }
}
