package dev.drey.operators.server;

import dev.drey.core.stream.Intake;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a version that is a candidate for publishing.
 *
 * @param version steps applied
 * @param from index of its first parameter in the flat vector
 * @param weights its parameters; owned by the record, never changed
 * @param account of the version; only with its first shard
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record VersionShard(long version, int from, float[] weights, @Nullable Account account) {

  /**
   * What a version was trained on.
   *
   * @param examples counted once per gradient
   * @param intake of a stream; empty for a data set
   * @param loss before training, over a sliding window of examples
   */
  public record Account(long examples, Intake intake, double loss) {}
}
