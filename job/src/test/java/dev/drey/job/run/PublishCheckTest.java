package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishCheckTest {

  @TempDir private Path directory;

  private void version(UUID run) throws IOException {
    Path version = Files.createDirectories(directory.resolve("models/version-000000000040"));
    Files.writeString(
        version.resolve("account.json"),
        "{\"run\": \"flights\", \"runId\": \"%s\", \"version\": 40}".formatted(run));
  }

  private RunSpecification specification() throws Exception {
    return RunSpecification.read(
        SmallRun.specification(directory.resolve("small.yaml")),
        Map.of("output.publish", "{every: 10, to: models}"));
  }

  @Test
  void aNewRunIsRefusedWhereVersionsOfAnotherAre() throws Exception {
    UUID other = UUID.randomUUID();
    Path run = Files.createDirectories(directory.resolve("run"));
    assertThatCode(() -> PublishCheck.check(specification(), run)).doesNotThrowAnyException();
    version(other);

    assertThatThrownBy(() -> PublishCheck.check(specification(), run))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("output.publish.to: is ")
        .hasMessageContaining("is of the run flights with the id " + other)
        .hasMessageContaining("Choose another directory");
  }

  @Test
  void aRunThatResumesContinuesWithItsVersions() throws Exception {
    Path run = Files.createDirectories(directory.resolve("run"));
    version(RunIdFile.readOrCreate(run));

    assertThatCode(() -> PublishCheck.check(specification(), run)).doesNotThrowAnyException();
    UUID other = UUID.randomUUID();
    version(other);
    assertThatThrownBy(() -> PublishCheck.check(specification(), run))
        .hasMessageContaining("with the id " + other)
        .hasMessageContaining("this run has the id " + RunIdFile.readOrCreate(run));
  }
}
