package dev.drey.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PriceTest {

  @Test
  void anHourOfOneGigabyteAndAMillionRequests() {
    assertThat(Price.X86.dollars(3_600_000, 1024, 1_000_000)).isCloseTo(0.26000012, within(1e-12));
    assertThat(Price.ARM.dollars(3_600_000, 1024, 1_000_000)).isCloseTo(0.24800024, within(1e-12));
  }

  @Test
  void memoryAndTimeMultiply() {
    assertThat(Price.X86.dollars(2000, 512, 0)).isEqualTo(Price.X86.dollars(1000, 1024, 0));
    assertThat(Price.X86.dollars(0, 1024, 5)).isCloseTo(1e-6, within(1e-18));
  }

  @Test
  void anExpectedInvocationCostsAsMuchAsABilledOne() {
    assertThat(Price.ARM.dollars(1.5, 2048))
        .isCloseTo(Price.ARM.dollars(1500, 2048, 1), within(1e-18));
  }

  @Test
  void negativePricesAreRefused() {
    assertThatThrownBy(() -> new Price(-1, 0))
        .hasMessage("dollars per GB-second is -1.0, must be at least 0 and finite");
    assertThatThrownBy(() -> new Price(0, Double.NaN))
        .hasMessage("dollars per request is NaN, must be at least 0 and finite");
  }
}
