package dev.drey.job.run;

import dev.drey.job.model.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What names a run in places that others use too: one for all that goes on in its directory, so
 * that it finds what an end without warning left behind (weights in the store, transactions that
 * hold up the readers of a topic), and no other run's.
 */
final class RunId {

  private RunId() {}

  /** The id of the directory's run, which is written there the first time. */
  static UUID of(Path directory) throws IOException {
    Path file = directory.resolve("run-id");
    if (!Files.exists(file)) {
      UUID id = UUID.randomUUID();
      AtomicFile.write(file, id.toString().getBytes(StandardCharsets.US_ASCII));
      return id;
    }
    try {
      return UUID.fromString(Files.readString(file).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }
}
