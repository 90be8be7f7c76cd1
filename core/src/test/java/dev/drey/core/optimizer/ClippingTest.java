package dev.drey.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClippingTest {

  @Test
  void aLongGradientIsShortenedToTheLimit() {
    assertThat(new Clipping(2).factor(8)).isEqualTo(0.25);
  }

  @Test
  void aShortGradientStaysAsItIs() {
    assertThat(new Clipping(2).factor(2)).isEqualTo(1);
    assertThat(new Clipping(2).factor(0)).isEqualTo(1);
  }

  @Test
  void aLimitMustBePositive() {
    assertThatThrownBy(() -> new Clipping(0))
        .hasMessage("max-norm is 0.0, must be above 0 and finite");
  }
}
