package dev.drey.operators.publish;

import dev.drey.operators.server.VersionShard;

/**
 * A complete version of the weights that may be published.
 *
 * @param version number of steps applied
 * @param weights the flat vector; owned by the record, not to be changed
 * @param account what it was trained on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Candidate(long version, float[] weights, VersionShard.Account account) {

  /** The candidate as a single shard, the form in which it is checkpointed. */
  VersionShard shard() {
    return new VersionShard(version, 0, weights, account);
  }
}
