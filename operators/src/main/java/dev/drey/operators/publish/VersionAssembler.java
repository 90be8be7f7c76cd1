package dev.drey.operators.publish;

import dev.drey.operators.server.VersionShard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Assembles versions from their shards, which arrive in any order, also interleaved with those of
 * other versions. A duplicate shard replaces the first. Not thread-safe.
 */
final class VersionAssembler {

  private final int parameters;
  private final Map<Long, Map<Integer, VersionShard>> versions = new HashMap<>();

  /**
   * @param parameters length of the flat vector
   */
  VersionAssembler(int parameters) {
    this.parameters = parameters;
  }

  /**
   * Adds a shard.
   *
   * @return the version, if this shard completes it
   */
  Optional<Candidate> add(VersionShard shard) {
    Map<Integer, VersionShard> shards =
        versions.computeIfAbsent(shard.version(), version -> new HashMap<>());
    shards.put(shard.from(), shard);
    int there = shards.values().stream().mapToInt(s -> s.weights().length).sum();
    if (there < parameters) {
      return Optional.empty();
    }
    versions.remove(shard.version());
    return Optional.of(candidate(shard.version(), shards.values()));
  }

  private Candidate candidate(long version, Iterable<VersionShard> shards) {
    float[] weights = new float[parameters];
    VersionShard.Account account = null;
    for (VersionShard shard : shards) {
      System.arraycopy(shard.weights(), 0, weights, shard.from(), shard.weights().length);
      account = shard.account() == null ? account : shard.account();
    }
    if (account == null) {
      throw new IllegalStateException("version " + version + " has no account with its shards");
    }
    return new Candidate(version, weights, account);
  }

  /** The shards of incomplete versions, for a checkpoint. */
  List<VersionShard> shards() {
    List<VersionShard> all = new ArrayList<>();
    versions.values().forEach(shards -> all.addAll(shards.values()));
    return all;
  }
}
