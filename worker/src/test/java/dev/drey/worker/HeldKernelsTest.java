package dev.drey.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.WorkAnswer.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldKernelsTest {

  private static final Map<String, String> HELD =
      Map.of("PATH", "/bin", "OPENBLAS_CORETYPE", "Haswell", "DNNL_MAX_CPU_ISA", "AVX2");

  @Test
  void aProcessWithBothVariablesIsHeld() throws RefusedException {
    new HeldKernels(HELD, "amd64").check(Kernels.AVX2);

    assertThat(Kernels.AVX2.areSetIn(HELD)).isTrue();
  }

  @Test
  void whoAsksForNothingIsServedByAll() throws RefusedException {
    HeldKernels free = new HeldKernels(Map.of(), "aarch64");

    free.check(null);
    assertThat(Kernels.AVX2.areSetIn(free.variables())).isFalse();
  }

  @Test
  void aMissingOrAnotherVariableIsRefusedWithWhatToSet() {
    for (String name : Kernels.AVX2.environment().keySet()) {
      Map<String, String> missing = new HashMap<>(HELD);
      missing.remove(name);
      assertRefused(new HeldKernels(missing, "amd64"));
      Map<String, String> another = new HashMap<>(HELD);
      another.put(name, "SkylakeX");
      assertRefused(new HeldKernels(another, "amd64"));
    }
  }

  @Test
  void anotherProcessorIsRefused() {
    assertThatThrownBy(() -> new HeldKernels(HELD, "aarch64").check(Kernels.AVX2))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "the request asks for kernels AVX2, to which this worker is not restricted: its"
                + " processor is aarch64, must be amd64");
  }

  private static void assertRefused(HeldKernels held) {
    assertThatThrownBy(() -> held.check(Kernels.AVX2))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.answer().reason()).isEqualTo(Reason.BAD_REQUEST))
        .hasMessage(
            "the request asks for kernels AVX2, to which this worker is not restricted: the"
                + " environment of its process must have DNNL_MAX_CPU_ISA=AVX2 OPENBLAS_CORETYPE=Haswell");
  }
}
