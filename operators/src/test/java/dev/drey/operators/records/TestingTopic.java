package dev.drey.operators.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A topic in memory, by the id of the test that made it. Its records are made up as they are read:
 * record o of partition p always has the same bytes. Thread-safe.
 */
public final class TestingTopic {

  private static final Map<String, TestingTopic> TOPICS = new ConcurrentHashMap<>();

  private final Map<String, Long> ends = new ConcurrentSkipListMap<>();
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private volatile boolean closed;

  /** Records whose reading fails, once each, as "p1@17". */
  public final Set<String> failAt = ConcurrentHashMap.newKeySet();

  /** How many records were read, however often. */
  public final AtomicLong read = new AtomicLong();

  public static TestingTopic of(String id) {
    return TOPICS.computeIfAbsent(id, i -> new TestingTopic());
  }

  public static void forget(String id) {
    TOPICS.remove(id);
  }

  /** Makes records of a partition readable, up to an offset; a new partition is found later. */
  public TestingTopic fill(String partition, long end) {
    ends.put(partition, end);
    wake();
    return this;
  }

  /** Nothing is added any more. */
  public TestingTopic close() {
    closed = true;
    wake();
    return this;
  }

  public boolean isClosed() {
    return closed;
  }

  public List<String> partitions() {
    return List.copyOf(ends.keySet());
  }

  public long end(String partition) {
    return ends.getOrDefault(partition, 0L);
  }

  /** Completed at the next change. */
  synchronized CompletableFuture<Void> change() {
    CompletableFuture<Void> next = new CompletableFuture<>();
    waiting.add(next);
    return next;
  }

  private void wake() {
    List<CompletableFuture<Void>> all;
    synchronized (this) {
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(next -> next.complete(null));
  }
}
