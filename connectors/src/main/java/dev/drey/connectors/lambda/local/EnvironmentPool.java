package dev.drey.connectors.lambda.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The workers, and which of them are idle. The most recently used one is reused first, as Lambda
 * does, since its caches are the warmest. Confined to one thread.
 */
final class EnvironmentPool<E> {

  private final int limit;
  private final Set<E> all = new LinkedHashSet<>();
  private final Deque<E> idle = new ArrayDeque<>();

  EnvironmentPool(int limit) {
    this.limit = limit;
  }

  boolean hasRoom() {
    return all.size() < limit;
  }

  int room() {
    return limit - all.size();
  }

  /** Adds a worker with an assigned invocation. */
  void addBusy(E environment) {
    add(environment);
  }

  /** Adds an idle worker; workers that have been used are preferred to it. */
  void addIdle(E environment) {
    add(environment);
    idle.addLast(environment);
  }

  private void add(E environment) {
    if (!hasRoom()) {
      throw new IllegalStateException("the pool has " + limit + " workers, its limit");
    }
    all.add(environment);
  }

  Optional<E> takeIdle() {
    return Optional.ofNullable(idle.pollFirst());
  }

  void release(E environment) {
    if (all.contains(environment)) {
      idle.addFirst(environment);
    }
  }

  void remove(E environment) {
    all.remove(environment);
    idle.remove(environment);
  }

  List<E> all() {
    return new ArrayList<>(all);
  }
}
