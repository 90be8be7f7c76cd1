package dev.drey.connectors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.connectors.store.RetryingStore.Patience;
import dev.drey.connectors.store.RetryingStore.Sleep;
import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real directory that goes and comes back; time is the test's. */
final class RetryingStoreTest {

  private static final float[] VALUES = {1, 2, 3};

  @TempDir Path root;

  private final List<Duration> waits = new ArrayList<>();
  private Path directory;
  private Path away;
  private long nanos;

  @BeforeEach
  void directories() throws IOException {
    directory = Files.createDirectory(root.resolve("weights"));
    away = root.resolve("away");
  }

  @Test
  void aDirectoryThatComesBackWithin30SecondsCostsNothingButTime() throws IOException {
    Store store = store(this::backAfter30Seconds);
    Blob.Reference before = store.put("v1", VALUES);
    Files.move(directory, away);

    Blob.Reference after = store.put("v2", VALUES);

    assertThat(nanos).isBetween(seconds(30), seconds(32));
    assertThat(waits).startsWith(millis(50), millis(100), millis(200), millis(400), millis(800));
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(2)) <= 0);
    assertThat(read(store, before)).isEqualTo(VALUES);
    assertThat(read(store, after)).isEqualTo(VALUES);
  }

  @Test
  void aStoreThatStaysAwayFailsAtTheDeadlineWithWhatWhereAndHowLong() throws IOException {
    Store store = store(wait -> {});
    Files.move(directory, away);

    assertThatThrownBy(() -> store.put("v7-shard0", VALUES))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("publishing v7-shard0 failed ")
        .hasMessageContaining("times in 120.0 s, store.deadline is 120.0 s; at last: ")
        .hasMessageContaining("store " + directory + " cannot put v7-shard0")
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void whatRecycledMemoryIsGoneIsMadeAnew() throws IOException {
    Store store = store(wait -> Files.createDirectories(directory));
    store.delete(store.put("v1", VALUES)); // becomes a spare
    for (Path file : List.copyOf(files())) {
      Files.delete(file);
    }
    Files.delete(directory);

    Blob.Reference published = store.put("v2", VALUES);

    assertThat(read(store, published)).isEqualTo(VALUES);
    assertThat(files()).hasSize(1);
  }

  @Test
  void aFileInTheDirectorysPlaceIsWaitedFor() throws IOException {
    Files.delete(directory);
    Files.writeString(directory, "no directory");

    Store store =
        patience(
                wait -> {
                  Files.delete(directory);
                  Files.createDirectory(directory);
                })
            .retry("opening", () -> JobStores.open(directory.toUri()));

    assertThat(store.put("v1", VALUES).bytes()).isEqualTo(12);
    assertThat(waits).hasSize(1);
  }

  @Test
  void readingFailsAtOnce() throws IOException {
    Store store = store(wait -> {});
    Blob.Reference published = store.put("v1", VALUES);
    Files.move(directory, away);

    assertThatThrownBy(() -> read(store, published)).isInstanceOf(NoSuchFileException.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void aCancelledTaskDoesNotWait() throws IOException {
    Store store =
        new RetryingStore(
            JobStores.open(directory.toUri()),
            new Patience(
                Duration.ofMinutes(2),
                () -> nanos,
                wait -> {
                  throw new InterruptedException();
                }));
    Files.move(directory, away);

    assertThatThrownBy(() -> store.put("v1", VALUES))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("publishing v1 was interrupted; at last: store ");
    assertThat(Thread.interrupted()).isTrue(); // and the test's own thread goes on
  }

  private Store store(OnWait onWait) throws IOException {
    return new RetryingStore(JobStores.open(directory.toUri()), patience(onWait));
  }

  /** What happens while the store is waited for. */
  private interface OnWait {
    void waited(Duration wait) throws IOException;
  }

  private Patience patience(OnWait onWait) {
    Sleep sleep =
        wait -> {
          waits.add(wait);
          nanos += wait.toNanos();
          try {
            onWait.waited(wait);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        };
    return new Patience(Duration.ofMinutes(2), () -> nanos, sleep);
  }

  private void backAfter30Seconds(Duration wait) throws IOException {
    if (nanos >= seconds(30) && Files.exists(away)) {
      Files.move(away, directory);
    }
  }

  private static float[] read(Store store, Blob.Reference reference) throws IOException {
    float[] values = new float[VALUES.length];
    store.read(reference, values);
    return values;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }
}
