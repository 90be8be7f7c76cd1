package dev.drey.job.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigitsTest {

  @Test
  void numbersHaveFourDigits() {
    assertThat(Digits.of(39.46)).isEqualTo("39.46");
    assertThat(Digits.of(7)).isEqualTo("7.000");
    assertThat(Digits.of(0.00411249)).isEqualTo("0.004112");
    assertThat(Digits.of(12345.6)).isEqualTo("12,350");
    assertThat(Digits.of(1e-9)).isEqualTo("0.000000001000");
    assertThat(Digits.of(0)).isEqualTo("0");
    assertThat(Digits.of(Double.NaN)).isEqualTo("-");
  }
}
