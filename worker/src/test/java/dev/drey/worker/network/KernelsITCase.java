package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.drey.core.protocol.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hosts of different make, as far as one machine can play them: what the libraries, the C library
 * and the JVM may use of the processor is taken away by variables and flags.
 */
final class KernelsITCase {

  private static final Path CACHE = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));

  /** A host without AVX-512, for the C library and the JVM, which nothing holds. */
  private static final Map<String, String> OLDER_HOST =
      Map.of("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-ERMS");

  private static final List<String> OLDER_JVM = List.of("-XX:UseAVX=2");

  @BeforeEach
  void theProcessorHasTheKernels() throws IOException {
    assumeThat(flags()).as("the flags of /proc/cpuinfo").contains("avx2", "fma");
  }

  @Test
  void hostsOfDifferentMakeComputeTheSameBitsWhenHeld() throws Exception {
    String here = gradients(List.of(), Kernels.AVX2.environment());
    Map<String, String> held = new HashMap<>(OLDER_HOST);
    held.putAll(Kernels.AVX2.environment());

    assertThat(gradients(OLDER_JVM, held)).isEqualTo(here);
  }

  @Test
  void hostsOfDifferentMakeComputeDifferentBitsWhenNotHeld() throws Exception {
    assumeThat(flags()).as("the flags of /proc/cpuinfo").contains("avx512f", "avx512vl");
    String newer = gradients(List.of(), Map.of("OPENBLAS_CORETYPE", "SkylakeX"));
    String older = gradients(List.of(), Map.of("OPENBLAS_CORETYPE", "Haswell"));

    assertThat(newer).isNotEqualTo(older);
  }

  private static String gradients(List<String> flags, Map<String, String> environment)
      throws Exception {
    try (ChildJvm child = new ChildJvm(CACHE, flags, environment, KernelProbe.class)) {
      return child
          .output()
          .lines()
          .filter(line -> line.startsWith(KernelProbe.RESULT))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> flags() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> List.of(line.split("\\s+")))
        .orElse(List.of());
  }
}
