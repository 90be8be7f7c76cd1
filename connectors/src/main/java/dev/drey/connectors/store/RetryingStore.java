package dev.drey.connectors.store;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Retries what changes a store, so that a place which is missing, full or read-only for a while
 * costs nothing but time. Waits double from 50 ms to 2 s until the deadline, measured from the
 * first attempt. It blocks the calling thread for as long: the parameter server's, and with it the
 * steps and checkpoint barriers behind. An interrupt ends the wait.
 *
 * <p>Reads are not retried: whoever reads has attempts of its own, and other work to do meanwhile.
 */
public final class RetryingStore implements Store {

  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Store store;
  private final Patience patience;

  RetryingStore(Store store, Patience patience) {
    this.store = store;
    this.patience = patience;
  }

  @Override
  public void check() throws IOException {
    patience.retry("checking the store", () -> done(store::check));
  }

  @Override
  public Blob.Reference put(String name, ByteBuffer bytes) throws IOException {
    return patience.retry("publishing " + name, () -> store.put(name, bytes));
  }

  @Override
  public Blob.Reference put(String name, float[] values) throws IOException {
    return patience.retry("publishing " + name, () -> store.put(name, values));
  }

  @Override
  public void read(Blob.Reference reference, ByteBuffer target) throws IOException {
    store.read(reference, target);
  }

  @Override
  public void read(Blob.Reference reference, float[] target) throws IOException {
    store.read(reference, target);
  }

  @Override
  public void delete(Blob.Reference reference) throws IOException {
    patience.retry("deleting " + reference.uri(), () -> done(() -> store.delete(reference)));
  }

  @Override
  public void deleteAll(String namePrefix) throws IOException {
    patience.retry("deleting " + namePrefix + "*", () -> done(() -> store.deleteAll(namePrefix)));
  }

  @Override
  public Map<String, String> list() throws IOException {
    return patience.retry("listing", store::list);
  }

  @Override
  public void deleteListed(String name, String mark) throws IOException {
    patience.retry("deleting " + name, () -> done(() -> store.deleteListed(name, mark)));
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /**
   * How long to retry, and by which clock.
   *
   * @param deadline of all attempts and the waits between them
   * @param nanoTime the clock, in nanoseconds
   * @param sleep waits
   */
  record Patience(Duration deadline, LongSupplier nanoTime, Sleep sleep) {

    <T> T retry(String what, Attempt<T> attempt) throws IOException {
      long start = nanoTime.getAsLong();
      Duration wait = FIRST_WAIT;
      for (int attempts = 1; ; attempts++) {
        try {
          return attempt.run();
        } catch (InterruptedIOException e) {
          throw e;
        } catch (IOException e) {
          Duration left = deadline.minusNanos(nanoTime.getAsLong() - start);
          if (left.isNegative() || left.isZero()) {
            throw new IOException(
                "%s failed %d times in %.1f s, store.deadline is %.1f s; at last: %s"
                    .formatted(
                        what,
                        attempts,
                        (nanoTime.getAsLong() - start) / 1e9,
                        deadline.toMillis() / 1e3,
                        e.getMessage()),
                e);
          }
          pause(what, shorter(wait, left), e);
          wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
        }
      }
    }

    private static Duration shorter(Duration a, Duration b) {
      return a.compareTo(b) < 0 ? a : b;
    }

    private void pause(String what, Duration wait, IOException failure) throws IOException {
      try {
        sleep.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted =
            new InterruptedIOException(what + " was interrupted; at last: " + failure.getMessage());
        interrupted.addSuppressed(failure);
        throw interrupted;
      }
    }
  }

  /** Something that may fail. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }

  /** Something that may fail and has no result. */
  private interface Change {
    void run() throws IOException;
  }

  private static boolean done(Change change) throws IOException {
    change.run();
    return true;
  }

  /** Waits. */
  @FunctionalInterface
  interface Sleep {
    void sleep(Duration wait) throws InterruptedException;
  }

  /**
   * Opens a store, which is retried for as long as each of its changes.
   *
   * @param store whose changes are retried
   * @param deadline of one change, attempts and waits together
   */
  public record Provider(Store.Provider store, Duration deadline) implements Store.Provider {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Store open() throws IOException {
      Patience patience =
          new Patience(
              deadline, System::nanoTime, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
      return new RetryingStore(patience.retry("opening the store", store::open), patience);
    }
  }
}
