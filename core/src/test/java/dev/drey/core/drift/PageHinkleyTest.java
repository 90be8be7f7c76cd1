package dev.drey.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageHinkleyTest {

  /**
   * By hand: ten values of 0, then ones. With k ones, U rises by 1 - k/(10 + k) each: 0.909, 0.833,
   * 0.769 sum up to 2.511 with the third, which is the first sum above 2.
   */
  @Test
  void findsTheRiseWhereTheSumPassesTheThreshold() {
    PageHinkley test = new PageHinkley.Settings(0, 2).open(null);
    for (int i = 0; i < 10; i++) {
      assertThat(test.add(0)).isEmpty();
    }

    assertThat(test.add(1)).isEmpty();
    assertThat(test.add(1)).isEmpty();
    assertThat(test.add(1)).isEqualTo(Optional.of(new Shift(3, 0, 1)));
    assertThat(test.add(1)).as("it begins anew").isEmpty();
  }

  @Test
  void settingsThatFindNothingAreRefused() {
    assertThatThrownBy(() -> new PageHinkley.Settings(-1, 1)).hasMessageContaining("tolerance");
    assertThatThrownBy(() -> new PageHinkley.Settings(0, 0)).hasMessageContaining("threshold");
  }
}
