package dev.drey.connectors.transport;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.Sweep;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Takes in the results that workers put into a store, and deletes those that nobody came for:
 * results of calls that were given up. Thread-safe.
 */
final class StoredResults implements AutoCloseable {

  /**
   * A result is read within moments of its answer; one that lies here for so long belongs to a call
   * given up.
   */
  private static final Duration ABANDONED = Duration.ofSeconds(60);

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(30);

  private final Store store;
  private final LongSupplier nanoTime;
  private final Sweep sweep;
  private final ReentrantLock sweeping = new ReentrantLock();
  private long swept;

  /**
   * Over the store that workers put results into.
   *
   * @param store closed with this
   * @param nanoTime as {@link System#nanoTime}
   */
  StoredResults(Store store, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
    this.sweep = new Sweep(store, ABANDONED, nanoTime);
    this.swept = nanoTime.getAsLong();
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

  /** A thread that finds another at it leaves it to that one. */
  private void sweepIfDue() throws IOException {
    if (!sweeping.tryLock()) {
      return;
    }
    try {
      long now = nanoTime.getAsLong();
      if (now - swept >= SWEEP_EVERY.toNanos()) {
        swept = now;
        sweep.run();
      }
    } finally {
      sweeping.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
