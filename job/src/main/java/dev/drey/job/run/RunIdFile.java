package dev.drey.job.run;

import dev.drey.job.model.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The file with the id of a directory's run. The id is part of every name that the run uses in
 * shared places: objects in the weight store, transactions of Kafka. A run that is resumed keeps
 * it, and so can clean up what a crash left there, without touching what other runs own.
 */
public final class RunIdFile {

  private static final String FILE = "run-id";

  private RunIdFile() {}

  /** Whether a directory belongs to a run. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  /** The id of the directory's run; a new one is written if there is none. */
  public static UUID readOrCreate(Path directory) throws IOException {
    Optional<UUID> known = read(directory);
    if (known.isPresent()) {
      return known.get();
    }
    UUID id = UUID.randomUUID();
    AtomicFile.write(directory.resolve(FILE), id.toString().getBytes(StandardCharsets.US_ASCII));
    return id;
  }

  /** The id of the directory's run; empty if it has none yet. */
  static Optional<UUID> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(Files.readString(file).strip()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }
}
