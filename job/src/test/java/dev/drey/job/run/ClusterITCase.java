package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.job.cluster.StandaloneCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a real Flink cluster are killed: the model is the same. */
@Timeout(120)
class ClusterITCase {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path root;

  private static StandaloneCluster cluster;
  private static String bits;

  @BeforeAll
  static void start() throws Exception {
    SmallRun local = new SmallRun(root.resolve("local")).inProcess();
    local.train();
    bits = local.bits();
    cluster = StandaloneCluster.start(root.resolve("cluster"));
  }

  @AfterAll
  static void nothingIsLeft() throws Exception {
    cluster.close();
    Leftovers.assertNone();
  }

  @Test
  void aCalmRunOnAClusterGivesTheSameModelAsALocalOne() throws Exception {
    SmallRun run = new SmallRun(root.resolve("calm"));
    try (ClusterRun onCluster = ClusterRun.submit(run.prepared(), SmallRun.HOME, cluster)) {
      assertThat(onCluster.result().totals().examples()).isEqualTo(16_000);
      JsonNode vertices = onCluster.web().get("/jobs/" + onCluster.job());
      System.err.println(vertices);
    }
    assertThat(run.bits()).isEqualTo(bits);
  }
}
