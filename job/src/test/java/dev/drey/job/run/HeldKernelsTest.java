package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.protocol.Kernels;
import dev.drey.job.spec.Architecture;
import dev.drey.job.spec.WorkerRuntime;
import dev.drey.job.spec.WorkerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

class HeldKernelsTest {

  @Test
  void aReproducibleRunInProcessNeedsTheVariablesFromItsShell() throws IOException {
    Workers.checkHeld(inProcess(true), Kernels.AVX2.environment());

    assertThat(inProcess(true).kernels()).contains(Kernels.AVX2);
    assertThatThrownBy(() -> Workers.checkHeld(inProcess(true), Map.of("PATH", "/bin")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("workers.reproducible is true and workers.runtime is in-process")
        .hasMessageContaining("start it with DNNL_MAX_CPU_ISA=AVX2 OPENBLAS_CORETYPE=Haswell");
  }

  @Test
  void anyOtherRunInProcessNeedsNothing() throws IOException {
    Workers.checkHeld(inProcess(false), Map.of());

    assertThat(inProcess(false).kernels()).isEmpty();
  }

  private static WorkerSettings inProcess(boolean reproducible) {
    return new WorkerSettings(
        1,
        1,
        MemorySize.ofMebiBytes(512),
        WorkerRuntime.IN_PROCESS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(10),
        1,
        Architecture.X86,
        reproducible);
  }
}
