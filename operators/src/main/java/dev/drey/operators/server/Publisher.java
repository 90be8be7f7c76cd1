package dev.drey.operators.server;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Publishes versions of a task's shards to the weight store, and deletes old ones. */
final class Publisher {

  private final Store store;
  private final String run;
  private final int retained;
  private final Map<Integer, Deque<Blob.Reference>> published = new HashMap<>();

  /**
   * @param run prefix of the names of all objects of the run, unique to it
   * @param retained how many objects of a shard stay, at least 1. A version that is published again
   *     counts again
   */
  Publisher(Store store, String run, int retained) {
    this.store = store;
    this.run = run;
    this.retained = retained;
  }

  /** Deletes what an earlier attempt of the task published of a shard. */
  void deleteOld(Shard shard) throws IOException {
    store.deleteAll(name(shard));
  }

  Blob.Reference publish(Shard shard) throws IOException {
    Blob.Reference reference = store.put(name(shard) + "v" + shard.version(), shard.weights());
    Deque<Blob.Reference> references =
        published.computeIfAbsent(shard.index(), i -> new ArrayDeque<>());
    references.addLast(reference);
    while (references.size() > retained) {
      store.delete(references.removeFirst());
    }
    return reference;
  }

  /** The dash at the end keeps shard 1 from being a prefix of shard 12. */
  private String name(Shard shard) {
    return run + "-shard" + shard.index() + "-";
  }
}
