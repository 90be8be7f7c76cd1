package dev.drey.connectors.transport;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes in the results that workers put into a store, and deletes those that nobody came for:
 * results of calls that were given up. Thread-safe.
 */
final class StoredResults implements AutoCloseable {

  /** A result is read within moments of its answer; one this old belongs to a call given up. */
  private static final Duration ABANDONED = Duration.ofSeconds(60);

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(30);

  private final Store store;
  private final Clock clock;
  private final AtomicReference<Instant> swept;

  /**
   * Over the store that workers put results into.
   *
   * @param store closed with this
   */
  StoredResults(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.swept = new AtomicReference<>(clock.instant());
  }

  /**
   * Reads a result and deletes its object.
   *
   * @param length how many floats it must have
   * @return the floats; the caller owns the array
   * @throws dev.drey.core.blob.CorruptBlobException if it has another length, or the bytes are not
   *     those of the reference
   * @throws IOException if it cannot be read, or lies outside the store
   */
  float[] take(Blob.Reference reference, int length) throws IOException {
    float[] values = new float[length];
    try {
      store.read(reference, values);
      return values;
    } finally {
      store.delete(reference);
      sweepIfDue();
    }
  }

  private void sweepIfDue() throws IOException {
    Instant now = clock.instant();
    Instant last = swept.get();
    if (!now.isBefore(last.plus(SWEEP_EVERY)) && swept.compareAndSet(last, now)) {
      store.deleteOlderThan(now.minus(ABANDONED));
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
