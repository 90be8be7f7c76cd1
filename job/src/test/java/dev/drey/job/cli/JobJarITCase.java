package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.run.SmallRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that Flink's clusters are given. */
class JobJarITCase {

  private static final long MOST_BYTES = 60_000_000;

  /** The built jar. */
  static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(SmallRun.HOME.resolve("job/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("drey-job-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void itHoldsTheJobAndNeitherFlinkNorTheMathematicsOfTheWorker() throws Exception {
    try (JarFile jar = new JarFile(jar().toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();

      assertThat(names).contains("dev/drey/job/cli/ClusterJob.class", "picocli/CommandLine.class");
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo(ClusterJob.class.getName());
      for (String foreign :
          List.of(
              "org/nd4j/",
              "org/bytedeco/",
              "dev/drey/worker/",
              "org/apache/flink/runtime/",
              "org/apache/flink/streaming/api/",
              "org/slf4j/",
              "org/apache/logging/")) {
        assertThat(names).noneMatch(name -> name.startsWith(foreign));
      }
      assertThat(names).doesNotContain("log4j2.properties").doesNotHaveDuplicates();
    }
  }

  @Test
  void itIsSmall() throws Exception {
    long bytes = Files.size(jar());

    System.out.printf("job jar: %.1f MB%n", bytes / 1e6);
    assertThat(bytes).isLessThan(MOST_BYTES);
  }
}
