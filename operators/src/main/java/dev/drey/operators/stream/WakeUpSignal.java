package dev.drey.operators.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Wakes a task that waits for one of several events. Thread-safe. */
final class WakeUpSignal {

  private final AtomicReference<CompletableFuture<Void>> waiting =
      new AtomicReference<>(new CompletableFuture<>());

  /** Completed at the next {@link #signal}. */
  CompletableFuture<Void> next() {
    return waiting.get();
  }

  void signal() {
    waiting.getAndSet(new CompletableFuture<>()).complete(null);
  }
}
