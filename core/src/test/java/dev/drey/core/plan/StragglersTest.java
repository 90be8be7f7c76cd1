package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StragglersTest {

  @Test
  void theLongestOfAHundredSlotsTakesFiveMeanDelays() {
    Stragglers stragglers = new Stragglers(0.2);

    assertThat(stragglers.mean()).isEqualTo(1.2);
    assertThat(stragglers.expectedMaximum(1)).isEqualTo(1.2);
    assertThat(stragglers.expectedMaximum(2)).isCloseTo(1.3, within(1e-15));
    assertThat(stragglers.expectedMaximum(100)).isCloseTo(1 + 0.2 * 5.187378, within(1e-6));
  }

  /**
   * The maximum of n exponentials has the variance 1 + 1/4 + ... + 1/n^2 < pi^2 / 6, so the mean
   * over r steps has a standard deviation below 1.2826 spread / sqrt(r). Five of them.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.5", "7, 0.1", "100, 0.3"})
  void drawnStepsTakeAsLongAsExpected(int slots, double spread) {
    Stragglers stragglers = new Stragglers(spread);
    SplittableRandom random = new SplittableRandom(20181);
    int steps = 20_000;
    double longest = 0;
    double all = 0;
    for (int step = 0; step < steps; step++) {
      double maximum = 0;
      for (int slot = 0; slot < slots; slot++) {
        double seconds = 1 - spread * Math.log(1 - random.nextDouble());
        maximum = Math.max(maximum, seconds);
        all += seconds / slots;
      }
      longest += maximum;
    }
    double tolerance = 5 * 1.2826 * spread / Math.sqrt(steps);
    assertThat(longest / steps).isCloseTo(stragglers.expectedMaximum(slots), within(tolerance));
    assertThat(all / steps).isCloseTo(stragglers.mean(), within(tolerance));
  }

  @ParameterizedTest
  @CsvSource({"0", "0.01", "0.3", "25"})
  void theSpreadIsFoundAgainFromMeanAndMaximum(double spread) {
    Stragglers stragglers = new Stragglers(spread);
    double base = 3.5;
    Stragglers found =
        Stragglers.of(base * stragglers.mean(), base * stragglers.expectedMaximum(100), 100);
    assertThat(found.spread()).isCloseTo(spread, within(1e-12 * (1 + spread * spread)));
  }

  @Test
  void theLongestOfManyDelaysIsAHarmonicNumberOfMeans() {
    assertThat(Stragglers.harmonic(0)).isEqualTo(0);
    assertThat(Stragglers.harmonic(4)).isCloseTo(25.0 / 12, within(1e-12));
  }

  @Test
  void momentsThatNoSpreadGivesAreRefused() {
    assertThatThrownBy(() -> Stragglers.of(2, 1, 4))
        .hasMessage(
            "the longest of 4 slots takes 1.0 s, must be at least their mean of 2.0 s and below"
                + " 4.16667 s, where the time without delay would be 0");
    assertThatThrownBy(() -> Stragglers.of(2, 4.2, 4)).hasMessageContaining("below 4.16667 s");
    assertThatThrownBy(() -> Stragglers.of(2, Double.NaN, 4)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Stragglers.of(0, 1, 4))
        .hasMessage("the slots' mean is 0.0 s, must be above 0 and finite");
    assertThatThrownBy(() -> Stragglers.of(1, 1, 1))
        .hasMessage("stragglers among 1 slots of a step, must be at least 2");
    assertThatThrownBy(() -> new Stragglers(-0.1))
        .hasMessage("the stragglers' spread is -0.1, must be at least 0 and finite");
    assertThatThrownBy(() -> new Stragglers(0.1).expectedMaximum(0))
        .hasMessage("the longest of 0 slots, must be at least 1");
  }
}
