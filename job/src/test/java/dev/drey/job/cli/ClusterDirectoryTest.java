package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.run.PreparedRun;
import dev.drey.job.run.ProfilePlanner;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterDirectoryTest {

  @TempDir private Path directory;

  private PreparedRun open() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("flights.yaml"),
            """
            network:
              layers:
                - dense: {units: 2}
            data:
              format: csv
              file: flights.csv
              feature-columns: [distance]
              label-columns: [late]
              test: {fraction: 0}
            workers:
              runtime: aws
              function: arn:aws:lambda:eu-central-1:123456789012:function:drey
              region: eu-central-1
            output: {directory: run}
            """);
    return ClusterDirectory.open(RunSpecification.read(file, Map.of()), new ProfilePlanner(1));
  }

  @Test
  void aRunThatContinuesInItsDirectoryNeedsTheDataThatItBeganWith() throws Exception {
    Path data = directory.resolve("flights.csv");
    String rows = "distance,late\n1,0\n2,1\n3,0\n4,1\n";
    Files.writeString(data, rows);
    Path run = open().directory();
    assertThat(run.resolve("data-files.json")).exists();
    assertThat(open().directory()).isEqualTo(run);

    Files.writeString(data, rows.replace("1,0\n2,1\n", "2,1\n1,0\n"));

    assertThatThrownBy(this::open)
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("data.file: is ")
        .hasMessageContaining("; the run began with ");
  }
}
