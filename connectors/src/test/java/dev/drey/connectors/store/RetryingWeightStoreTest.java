package dev.drey.connectors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.connectors.store.RetryingWeightStore.Patience;
import dev.drey.connectors.store.RetryingWeightStore.Sleep;
import dev.drey.core.blob.Blob;
import dev.drey.core.parameters.Floats;
import dev.drey.core.store.WeightStore;
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
final class RetryingWeightStoreTest {

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
    WeightStore store = store(this::backAfter30Seconds);
    Blob.Reference before = store.publish("v1", VALUES);
    Files.move(directory, away);

    Blob.Reference after = store.publish("v2", VALUES);

    assertThat(nanos).isBetween(seconds(30), seconds(32));
    assertThat(waits).startsWith(millis(50), millis(100), millis(200), millis(400), millis(800));
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(2)) <= 0);
    assertThat(store.fetch(before)).isEqualTo(Floats.toBytes(VALUES));
    assertThat(store.fetch(after)).isEqualTo(Floats.toBytes(VALUES));
  }

  @Test
  void aStoreThatStaysAwayFailsAtTheDeadlineWithWhatWhereAndHowLong() throws IOException {
    WeightStore store = store(wait -> {});
    Files.move(directory, away);

    assertThatThrownBy(() -> store.publish("v7-shard0", VALUES))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("publishing v7-shard0 failed ")
        .hasMessageContaining("times in 120.0 s, store.deadline is 120.0 s; at last: ")
        .hasMessageContaining("weight store " + directory + " cannot publish v7-shard0")
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void whatRecycledMemoryIsGoneIsMadeAnew() throws IOException {
    WeightStore store = store(wait -> Files.createDirectories(directory));
    store.delete(store.publish("v1", VALUES)); // becomes a spare
    for (Path file : List.copyOf(files())) {
      Files.delete(file);
    }
    Files.delete(directory);

    Blob.Reference published = store.publish("v2", VALUES);

    assertThat(store.fetch(published)).isEqualTo(Floats.toBytes(VALUES));
    assertThat(files()).hasSize(1);
  }

  @Test
  void aFileInTheDirectorysPlaceIsWaitedFor() throws IOException {
    Files.delete(directory);
    Files.writeString(directory, "no directory");

    WeightStore store =
        patience(
                wait -> {
                  Files.delete(directory);
                  Files.createDirectory(directory);
                })
            .retry("opening", () -> new DirectoryWeightStore(directory));

    assertThat(store.publish("v1", VALUES).bytes()).isEqualTo(12);
    assertThat(waits).hasSize(1);
  }

  @Test
  void readingFailsAtOnce() throws IOException {
    WeightStore store = store(wait -> {});
    Blob.Reference published = store.publish("v1", VALUES);
    Files.move(directory, away);

    assertThatThrownBy(() -> store.fetch(published)).isInstanceOf(NoSuchFileException.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void aCancelledTaskDoesNotWait() throws IOException {
    WeightStore store =
        new RetryingWeightStore(
            new DirectoryWeightStore(directory),
            new Patience(
                Duration.ofMinutes(2),
                () -> nanos,
                wait -> {
                  throw new InterruptedException();
                }));
    Files.move(directory, away);

    assertThatThrownBy(() -> store.publish("v1", VALUES))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("publishing v1 was interrupted; at last: weight store");
    assertThat(Thread.interrupted()).isTrue(); // and the test's own thread goes on
  }

  private WeightStore store(OnWait onWait) throws IOException {
    return new RetryingWeightStore(new DirectoryWeightStore(directory), patience(onWait));
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
