package dev.drey.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RangeTest {

  @Test
  void tenAreSplitIntoThreeNearlyEqualParts() {
    assertThat(Range.split(10, 3))
        .containsExactly(new Range(0, 3), new Range(3, 6), new Range(6, 10));
  }

  @Test
  void partsFollowOneAnotherAndDifferByAtMostOne() {
    for (int length = 0; length <= 40; length++) {
      for (int parts = 1; parts <= 12; parts++) {
        List<Range> ranges = Range.split(length, parts);
        int at = 0;
        for (int i = 0; i < parts; i++) {
          assertThat(ranges.get(i).from()).isEqualTo(at);
          assertThat(ranges.get(i).length())
              .isBetween(length / parts, (length + parts - 1) / parts);
          assertThat(Range.part(length, parts, i)).isEqualTo(ranges.get(i));
          at = ranges.get(i).to();
        }
        assertThat(at).isEqualTo(length);
      }
    }
  }

  @Test
  void theLargestLengthDoesNotOverflow() {
    assertThat(Range.part(Integer.MAX_VALUE, 1000, 999).to()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aRangeContainsItselfAndWhatLiesInside() {
    Range range = new Range(2, 5);

    assertThat(range.contains(range)).isTrue();
    assertThat(range.contains(new Range(3, 4))).isTrue();
    assertThat(range.contains(new Range(1, 3))).isFalse();
    assertThat(range.contains(new Range(4, 6))).isFalse();
  }

  @Test
  void anIntersectionIsWhatBothHave() {
    Range range = new Range(2, 5);

    assertThat(range.intersection(new Range(4, 9))).isEqualTo(new Range(4, 5));
    assertThat(range.intersection(new Range(0, 9))).isEqualTo(range);
    assertThat(range.intersection(new Range(3, 4))).isEqualTo(new Range(3, 4));
    assertThat(range.intersection(new Range(5, 7)).length()).isZero();
    assertThat(range.intersection(new Range(0, 1)).length()).isZero();
  }

  @Test
  void impossibleRangesAreRefused() {
    assertThatThrownBy(() -> new Range(-1, 2))
        .hasMessage("range [-1, 2) must have 0 <= from <= to");
    assertThatThrownBy(() -> new Range(3, 2)).hasMessage("range [3, 2) must have 0 <= from <= to");
    assertThatThrownBy(() -> Range.split(3, 0)).hasMessage("parts is 0, must be at least 1");
  }
}
