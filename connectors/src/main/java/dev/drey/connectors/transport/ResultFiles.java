package dev.drey.connectors.transport;

import dev.drey.connectors.store.DirectoryWeightStore;
import dev.drey.connectors.store.FloatFiles;
import dev.drey.core.blob.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Takes in the results that workers left in files, and clears away those that nobody came for:
 * answers to calls that were given up. Thread-safe.
 */
final class ResultFiles {

  /** A result is read within moments of its answer; one this old was given up. */
  private static final Duration ABANDONED = Duration.ofSeconds(60);

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(30);

  private final Path directory;
  private final Clock clock;
  private final FloatFiles files = new FloatFiles();
  private final AtomicReference<Instant> swept;

  ResultFiles(Path directory, Clock clock) {
    this.directory = directory.toAbsolutePath().normalize();
    this.clock = clock;
    this.swept = new AtomicReference<>(clock.instant());
  }

  /**
   * Reads a result and deletes its file. The caller owns the array.
   *
   * @throws dev.drey.core.blob.CorruptBlobException if the bytes are not what the reference says
   */
  float[] take(Blob.Reference reference) throws IOException {
    Path file = DirectoryWeightStore.inside(directory, reference.uri());
    try {
      return files.read(file, reference.bytes(), reference.crc32c());
    } finally {
      Files.deleteIfExists(file);
      sweepNowAndThen();
    }
  }

  private void sweepNowAndThen() throws IOException {
    Instant now = clock.instant();
    Instant last = swept.get();
    if (now.isBefore(last.plus(SWEEP_EVERY)) || !swept.compareAndSet(last, now)) {
      return;
    }
    FileTime oldest = FileTime.from(now.minus(ABANDONED));
    try (Stream<Path> results = Files.list(directory)) {
      for (Path result : results.toList()) {
        if (Files.exists(result) && Files.getLastModifiedTime(result).compareTo(oldest) < 0) {
          Files.deleteIfExists(result);
        }
      }
    }
  }
}
