package dev.drey.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.network.WorkerMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KB",
    "102400, 100 KB",
    "1048576, 1.0 MB",
    "1023999, 1000 KB",
    "14051408, 13 MB",
    "5368709120, 5.0 GB",
    "9223372036854775807, 8388608 TB"
  })
  void bytesHaveTheUnitThatSuits(long bytes, String expected) {
    assertThat(MemoryText.of(bytes)).isEqualTo(expected);
  }

  @Test
  void aWorkersMemoryIsToldInItsParts() {
    assertThat(MemoryText.parts(new WorkerMemory(200L << 20, 2048, 3L << 20, 0)))
        .isEqualTo("200 MB process, 2.0 KB weights and gradient, 3.0 MB activations, 0 B data");
  }
}
