package dev.drey.operators.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Wakes a task that waits for one of several things. Thread-safe. */
final class WakeUpSignal {

  private final AtomicReference<CompletableFuture<Void>> waiting =
      new AtomicReference<>(new CompletableFuture<>());

  /** Completed when it is rung next. */
  CompletableFuture<Void> next() {
    return waiting.get();
  }

  void signal() {
    waiting.getAndSet(new CompletableFuture<>()).complete(null);
  }
}
