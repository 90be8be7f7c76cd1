package dev.drey.connectors.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.store.JobStores;
import dev.drey.core.blob.Blob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredResultsTest {

  private final Instant hoursAhead = Instant.now().plus(Duration.ofHours(5));
  private final Instant hoursBehind = Instant.now().minus(Duration.ofHours(5));

  @TempDir Path directory;

  @Test
  void resultsThatNobodyCameForAreClearedAway() throws Exception {
    AtomicLong nanos = new AtomicLong();
    StoredResults results = new StoredResults(JobStores.open(directory.toUri()), nanos::get);
    Path abandoned = Files.write(directory.resolve("abandoned"), new byte[4]);
    Files.setLastModifiedTime(abandoned, FileTime.from(hoursAhead));

    nanos.set(Duration.ofSeconds(30).toNanos());
    take(results);
    Path recent = Files.write(directory.resolve("recent"), new byte[4]);
    Files.setLastModifiedTime(recent, FileTime.from(hoursBehind));
    nanos.set(Duration.ofSeconds(60).toNanos());
    take(results);
    assertThat(abandoned).exists();

    nanos.set(Duration.ofSeconds(90).toNanos());
    take(results);
    assertThat(abandoned).doesNotExist();
    assertThat(recent).exists();
  }

  private void take(StoredResults results) throws Exception {
    Blob.Reference result =
        JobStores.open(directory.toUri()).put("result", new float[] {1}); // as a worker does
    assertThat(results.take(result, 1)).containsExactly(1);
    assertThat(Path.of(result.uri())).doesNotExist();
  }
}
