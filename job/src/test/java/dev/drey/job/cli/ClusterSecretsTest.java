package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.cli.shell.TestingShell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterSecretsTest {

  @TempDir private Path directory;

  @Test
  void aSecretOptionInTheClearStartsNoCluster() {
    for (String command : new String[] {"up", "keep"}) {
      TestingShell shell = new TestingShell(directory);

      int code =
          Drey.run(
              (run, listener, stop) -> {
                throw new AssertionError("no run was asked for");
              },
              exchange -> null,
              shell.shell(),
              "cluster",
              command,
              "-Ds3.secret-key=hunter2");

      assertThat(code).isEqualTo(2);
      assertThat(shell.err())
          .contains("-D s3.secret-key: is given in the clear")
          .doesNotContain("hunter2");
      assertThat(directory.resolve("drey-cluster")).doesNotExist();
    }
  }
}
