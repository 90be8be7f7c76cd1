package dev.drey.operators.server;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Publishes versions of a task's shards, and deletes those that nobody asks for any more. */
final class Publisher {

  private final Store store;
  private final String run;
  private final int retained;
  private final Map<Integer, Deque<Blob.Reference>> published = new HashMap<>();

  /**
   * @param run begins the names of its objects, and of no other run's
   * @param retained how many objects of a shard stay, at least 1: versions, when none is published
   *     anew
   */
  Publisher(Store store, String run, int retained) {
    this.store = store;
    this.run = run;
    this.retained = retained;
  }

  /** Deletes what was published of a shard before the task was started: nobody knows of it. */
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

  /** No shard's name begins another's. */
  private String name(Shard shard) {
    return run + "-shard" + shard.index() + "-";
  }
}
