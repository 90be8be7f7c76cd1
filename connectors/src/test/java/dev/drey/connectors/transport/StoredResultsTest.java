package dev.drey.connectors.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.store.JobStores;
import dev.drey.core.blob.Blob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredResultsTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path directory;

  @Test
  void resultsThatNobodyCameForAreClearedAway() throws Exception {
    SetClock clock = new SetClock();
    StoredResults results = new StoredResults(JobStores.open(directory.toUri()), clock);
    Path abandoned = Files.write(directory.resolve("abandoned"), new byte[4]);
    Files.setLastModifiedTime(abandoned, FileTime.from(START));
    Path recent = Files.write(directory.resolve("recent"), new byte[4]);
    Files.setLastModifiedTime(recent, FileTime.from(START.plusSeconds(30)));

    clock.now = START.plusSeconds(29);
    take(results);
    assertThat(abandoned).exists();

    clock.now = START.plusSeconds(70);
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

  private static final class SetClock extends Clock {
    private Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.plus(Duration.ZERO);
    }
  }
}
