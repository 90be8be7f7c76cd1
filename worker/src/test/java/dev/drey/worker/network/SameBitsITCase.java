package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any worker process may compute any slot: what it gives must not tell which one it was. */
final class SameBitsITCase {

  private static final Path CACHE = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));

  /** The other one has no compiler that knows vector instructions either. */
  @Test
  void anotherProcessComputesTheSameBits() throws Exception {
    assertThat(child(List.of("-XX:TieredStopAtLevel=1"))).contains(GradientProbe.gradients());
  }

  /** Held to the kernels that this process is held to, if to any. */
  private static String child(List<String> flags) throws Exception {
    Map<String, String> kernels = new HashMap<>(System.getenv());
    kernels.keySet().retainAll(List.of("OPENBLAS_CORETYPE", "DNNL_MAX_CPU_ISA"));
    try (ChildJvm child = new ChildJvm(CACHE, flags, kernels, GradientProbe.class)) {
      return child.output();
    }
  }
}
