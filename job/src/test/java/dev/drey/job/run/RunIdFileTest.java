package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIdFileTest {

  @TempDir private Path directory;

  @Test
  void whatGoesOnInADirectoryHasTheSameIdAndNoOtherHas() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));

    UUID id = RunIdFile.readOrCreate(directory);

    assertThat(RunIdFile.readOrCreate(directory)).isEqualTo(id);
    assertThat(RunIdFile.readOrCreate(other)).isNotEqualTo(id);
  }

  @Test
  void aDamagedIdIsNotReplaced() throws IOException {
    Files.writeString(directory.resolve("run-id"), "drey");

    assertThatThrownBy(() -> RunIdFile.readOrCreate(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run-id is damaged");
  }
}
