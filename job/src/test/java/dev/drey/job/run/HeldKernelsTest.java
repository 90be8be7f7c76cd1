package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.protocol.Kernels;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldKernelsTest {

  @Test
  void aReproducibleRunInProcessNeedsTheVariablesFromItsShell() throws IOException {
    Workers.checkHeld(Optional.of(Kernels.AVX2), Kernels.AVX2.environment());

    assertThatThrownBy(() -> Workers.checkHeld(Optional.of(Kernels.AVX2), Map.of("PATH", "/bin")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("workers.reproducible is true and workers.runtime is in-process")
        .hasMessageContaining("start it with DNNL_MAX_CPU_ISA=AVX2 OPENBLAS_CORETYPE=Haswell");
  }

  @Test
  void anyOtherRunInProcessNeedsNothing() {
    assertThatCode(() -> Workers.checkHeld(Optional.empty(), Map.of())).doesNotThrowAnyException();
  }
}
