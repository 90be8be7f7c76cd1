package dev.drey.operators.server;

import dev.drey.core.blob.Blob;
import dev.drey.core.store.WeightStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Publishes versions of a task's shards, and deletes those that nobody asks for any more. */
final class Publisher {

  private final WeightStore store;
  private final int retained;
  private final Map<Integer, Deque<Blob.Reference>> published = new HashMap<>();

  /**
   * @param retained how many versions of a shard stay, at least 1
   */
  Publisher(WeightStore store, int retained) {
    this.store = store;
    this.retained = retained;
  }

  Blob.Reference publish(Shard shard) throws IOException {
    Blob.Reference reference =
        store.publish("v" + shard.version() + "-shard" + shard.index(), shard.weights());
    Deque<Blob.Reference> references =
        published.computeIfAbsent(shard.index(), i -> new ArrayDeque<>());
    references.addLast(reference);
    while (references.size() > retained) {
      store.delete(references.removeFirst());
    }
    return reference;
  }
}
