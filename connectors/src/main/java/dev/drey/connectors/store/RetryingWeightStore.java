package dev.drey.connectors.store;

import dev.drey.core.blob.Blob;
import dev.drey.core.store.WeightStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A store that is tried again while it does not take weights: its directory is missing, full or
 * cannot be written for a while. Waits double from 50 ms to 2 s until the deadline, measured from
 * the first attempt. It blocks the calling thread for as long, which is the parameter server's
 * alone: steps and checkpoint barriers behind it wait, too. An interrupt ends the wait.
 *
 * <p>Reading is not tried again: who reads has attempts of its own, and other work to do meanwhile.
 */
public final class RetryingWeightStore implements WeightStore {

  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final WeightStore store;
  private final Patience patience;

  RetryingWeightStore(WeightStore store, Patience patience) {
    this.store = store;
    this.patience = patience;
  }

  @Override
  public Blob.Reference publish(String name, float[] values) throws IOException {
    return patience.retry("publishing " + name, () -> store.publish(name, values));
  }

  @Override
  public byte[] fetch(Blob.Reference reference) throws IOException {
    return store.fetch(reference);
  }

  @Override
  public void delete(Blob.Reference reference) throws IOException {
    patience.retry(
        "deleting " + reference.uri(),
        () -> {
          store.delete(reference);
          return reference;
        });
  }

  @Override
  public void deleteAll(String namePrefix) throws IOException {
    patience.retry(
        "deleting " + namePrefix + "*",
        () -> {
          store.deleteAll(namePrefix);
          return namePrefix;
        });
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /**
   * How long to try again, and by which clock.
   *
   * @param deadline of all attempts and the waits between them
   * @param nanoTime a clock
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

  /** Waits. */
  @FunctionalInterface
  interface Sleep {
    void sleep(Duration wait) throws InterruptedException;
  }

  /**
   * Opens a store, trying as long as for each of its objects.
   *
   * @param store that is tried again
   * @param deadline of one object, attempts and waits together
   */
  public record Provider(WeightStore.Provider store, Duration deadline)
      implements WeightStore.Provider {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public WeightStore open() throws IOException {
      Patience patience =
          new Patience(
              deadline, System::nanoTime, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
      return new RetryingWeightStore(patience.retry("opening the store", store::open), patience);
    }
  }
}
