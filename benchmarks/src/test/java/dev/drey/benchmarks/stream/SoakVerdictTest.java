package dev.drey.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakVerdictTest {

  private static List<SoakSample> samples(int count, IntToDoubleFunction stateKb) {
    return IntStream.range(0, count)
        .mapToObj(i -> new SoakSample(i, 100, 500, 300, stateKb.applyAsDouble(i), 80))
        .toList();
  }

  @Test
  void whatStaysIsFlatWhateverTheWarmUpWas() {
    SoakVerdict verdict = SoakVerdict.of(samples(12, i -> i < 3 ? 1000 * i : 5));

    assertThat(verdict.growth()).hasSize(5).allSatisfy((name, by) -> assertThat(by).isZero());
    assertThat(verdict.isFlat(0.01)).isTrue();
  }

  @Test
  void whatGrowsIsNot() {
    SoakVerdict verdict = SoakVerdict.of(samples(12, i -> 100 + 10 * i));

    assertThat(verdict.growth().get("state")).isCloseTo(200.0 / 140 - 1, within(1e-9));
    assertThat(verdict.isFlat(0.4)).isFalse();
    assertThat(verdict.isFlat(0.5)).isTrue();
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(() -> SoakVerdict.of(samples(7, i -> 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 samples");
  }

  @Test
  void theHeapIsOldAndYoungTogether() throws IOException {
    String info =
        """
        12345:
         PSYoungGen      total 76288K, used 2048K [0x1, 0x2, 0x3)
          eden space 65536K, 3% used [0x1,0x2,0x3)
         ParOldGen       total 175104K, used 1024K [0x1, 0x2, 0x3)
          object space 175104K, 0% used [0x1,0x2,0x3)
         Metaspace       used 512K, committed 704K, reserved 1056768K
        """;

    assertThat(LiveHeap.megabytes(info)).isEqualTo(3);
    assertThatThrownBy(() -> LiveHeap.megabytes("garbage-first heap"))
        .isInstanceOf(IOException.class);
  }
}
