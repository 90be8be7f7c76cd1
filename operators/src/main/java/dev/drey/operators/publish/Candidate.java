package dev.drey.operators.publish;

import dev.drey.operators.server.VersionShard;

/**
 * A whole version that may be published.
 *
 * @param version steps applied
 * @param weights the flat vector; owned by the record, never changed
 * @param account of what it was trained on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Candidate(long version, float[] weights, VersionShard.Account account) {

  /** The same as one shard, in the account's company. */
  VersionShard shard() {
    return new VersionShard(version, 0, weights, account);
  }
}
