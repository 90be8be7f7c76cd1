package dev.drey.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {

  @TempDir private Path directory;

  @Test
  void linesAreAppendedToAFileThatIsMadeFirst() throws IOException {
    Path file = directory.resolve("lines");

    Durable.append(file, "one\n");
    Durable.append(file, "two\n");

    assertThat(file).content().isEqualTo("one\ntwo\n");
    Durable.force(file);
    Durable.forceNames(directory);
  }

  @Test
  void aFileMayBeDeletedTwice() throws IOException {
    Path file = directory.resolve("lines");
    Durable.append(file, "one\n");

    Durable.delete(file);
    Durable.delete(file);

    assertThat(file).doesNotExist();
  }
}
