package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeCodeITCase {

  @TempDir private Path cache;

  @Test
  void processesThatStartAtOnceOnAnEmptyCacheAllCompute() throws Exception {
    try (ChildJvm first = child();
        ChildJvm second = child();
        ChildJvm third = child()) {
      String bits = first.output();

      assertThat(bits).contains(KernelProbe.RESULT);
      assertThat(second.output()).isEqualTo(bits);
      assertThat(third.output()).isEqualTo(bits);
    }
    try (var files = Files.list(cache)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .filteredOn(name -> name.startsWith(".unpacked-"))
          .containsExactlyInAnyOrder(
              ".unpacked-nd4j-api-1.0.0-M2.1-openblas-0.3.31-1.5.13", ".unpacked-dnnl-3.11-1.5.13");
    }
  }

  private ChildJvm child() throws IOException {
    return new ChildJvm(cache, List.of(), Map.of(), KernelProbe.class);
  }
}
