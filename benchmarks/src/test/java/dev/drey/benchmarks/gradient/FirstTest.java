package dev.drey.benchmarks.gradient;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.benchmarks.gradient.GradientSide.First;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FirstTest {

  private static final First OURS = new First(100, 2.3026, 0.5);

  @Test
  void roundingIsNoDifference() {
    assertThatCode(() -> OURS.check(new First(100, 2.30261, 0.50001))).doesNotThrowAnyException();
  }

  @Test
  void anotherNetworkLossOrGradientIsOne() {
    for (First other :
        new First[] {
          new First(101, 2.3026, 0.5), new First(100, 2.31, 0.5), new First(100, 2.3026, Double.NaN)
        }) {
      assertThatThrownBy(() -> OURS.check(other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("do not compute the same");
    }
  }
}
