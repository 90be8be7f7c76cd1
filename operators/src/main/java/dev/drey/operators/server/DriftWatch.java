package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.drift.DriftDetector;
import dev.drey.core.drift.Shift;
import dev.drey.operators.server.DriftRule.Reaction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches a shard's steps for a drift, and remembers what was done about the last. Every shard gets
 * the same tally of every step, so all find the same drift at the same version, each for itself,
 * and again after a failure. Not thread-safe.
 */
final class DriftWatch {

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + 3 * Long.BYTES;
  private static final long NEVER = -1;

  private final @Nullable DriftRule rule;
  private final @Nullable DriftDetector detector;
  private long drifts;
  private long latest = NEVER;
  private long momentsSince;

  /**
   * Goes on where another was.
   *
   * @param rule what is watched, or null if nothing is from now on
   * @param state what {@link #toBytes} gave, or null to begin
   */
  DriftWatch(@Nullable DriftRule rule, byte @Nullable [] state) {
    this.rule = rule;
    byte[] found = null;
    if (state != null) {
      ByteBuffer buffer = ByteBuffer.wrap(state);
      byte version = buffer.get();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "the state of a watch for drifts has version "
                + version
                + ", this side reads "
                + VERSION);
      }
      drifts = buffer.getLong();
      latest = buffer.getLong();
      momentsSince = buffer.getLong();
      found = Arrays.copyOfRange(state, HEAD_BYTES, state.length);
    }
    this.detector =
        rule == null
            ? null
            : rule.detector().open(found == null || found.length == 0 ? null : found);
  }

  /** All it remembers, as bytes of a versioned format. */
  byte[] toBytes() {
    byte[] found = detector == null ? new byte[0] : detector.toBytes();
    ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + found.length);
    return buffer
        .put(VERSION)
        .putLong(drifts)
        .putLong(latest)
        .putLong(momentsSince)
        .put(found)
        .array();
  }

  /** How a step is to be applied. */
  Pace pace(long step) {
    boolean boosted = rule != null && rule.reaction() instanceof Reaction.Boost;
    double factor =
        boosted && latest != NEVER ? ((Reaction.Boost) rule.reaction()).at(step - latest) : 1;
    return new Pace(factor, step - momentsSince + 1);
  }

  /** Drifts since the run's start. */
  long drifts() {
    return drifts;
  }

  /**
   * A step was applied: it is looked at, and the next ones are different if it ends in a drift.
   *
   * @param moments forgotten where that is the reaction
   */
  Optional<Drift> applied(PartialSum sum, float[][] moments) {
    if (rule == null || detector == null || sum.tally().examples() == 0) {
      return Optional.empty();
    }
    long version = sum.round().step() + 1;
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
    return rise.map(shift -> drift(version, shift, rule.range()));
  }

  private static Drift drift(long version, Shift shift, double range) {
    return new Drift(
        version,
        Math.max(0, version - shift.since()),
        shift.before() * range,
        shift.after() * range);
  }
}
