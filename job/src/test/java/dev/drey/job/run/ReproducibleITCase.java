package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.drey.core.protocol.Kernels;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of workers.reproducible from the specification to the workers' processes. */
@Timeout(600)
final class ReproducibleITCase {

  @TempDir private Path root;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  @Test
  void workersOfAReproducibleRunAreHeldAndServe() throws Exception {
    SmallRun run = new SmallRun(root.resolve("held")).set("workers.reproducible", "true");

    assertThat(run.train().ending()).isEqualTo(Outcome.Ending.FINISHED);
  }

  @Test
  void threadsThatAreNotHeldAreRefusedBeforeTheRunStarts() {
    assumeThat(Kernels.AVX2.areSetIn(System.getenv())).as("this JVM is held").isFalse();
    SmallRun run =
        new SmallRun(root.resolve("free")).inProcess().set("workers.reproducible", "true");

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("start it with DNNL_MAX_CPU_ISA=AVX2 OPENBLAS_CORETYPE=Haswell");
    assertThat(run.directory().resolve("weights.npz")).doesNotExist();
  }
}
