package dev.drey.operators.server;

import dev.drey.core.stream.Intake;
import org.jspecify.annotations.Nullable;

/**
 * A shard of a version that may be published.
 *
 * @param version steps applied
 * @param from index of its first parameter in the flat vector
 * @param weights its parameters; owned by the record, never changed
 * @param account of the version, with its first shard alone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record VersionShard(long version, int from, float[] weights, @Nullable Account account) {

  /**
   * What a version was trained on.
   *
   * @param examples each counted every time
   * @param intake of a stream; of a data set none
   * @param loss of the examples of the sliding window, before they were trained on
   */
  public record Account(long examples, Intake intake, double loss) {}
}
