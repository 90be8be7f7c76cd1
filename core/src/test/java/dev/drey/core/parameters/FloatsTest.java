package dev.drey.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FloatsTest {

  @Test
  void additionTakesOnlyTheStretchItIsGiven() {
    float[] y = {1, 2, 3, 4};

    Floats.add(y, new float[] {10, 20, 30, 40}, 1, 3);

    assertThat(y).containsExactly(1, 22, 33, 4);
  }

  @Test
  void sumOfSquaresTakesEveryElementOfEveryLength() {
    for (int length = 0; length < 20; length++) {
      float[] x = new float[length];
      double expected = 0;
      for (int i = 0; i < length; i++) {
        x[i] = i + 1;
        expected += (i + 1.0) * (i + 1);
      }
      assertThat(Floats.sumOfSquares(x)).isEqualTo(expected); // whole numbers: exact
    }
  }

  @Test
  void sumOfSquaresOfARangeIsThatOfItsCopy() {
    float[] x = new float[23];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1 / (i + 1f);
    }
    for (int from = 0; from <= x.length; from++) {
      for (int to = from; to <= x.length; to++) {
        assertThat(Floats.sumOfSquares(x, from, to))
            .isEqualTo(Floats.sumOfSquares(Arrays.copyOfRange(x, from, to)));
      }
    }
  }

  @Test
  void anAverageKeepsItsShare() {
    float[] y = {1, 10, 20, 1};

    Floats.average(y, 0.75f, new float[] {8, 80, 40, 8}, 0.5f, 1, 3);

    assertThat(y).containsExactly(1, 17.5f, 20, 1); // 7.5 + 0.25 * 40, 15 + 0.25 * 20
  }

  @Test
  void theLargestFloatsAreFiniteThoughTheirSumIsNot() {
    float[] largest = new float[20];
    Arrays.fill(largest, Float.MAX_VALUE);
    assertThat(Floats.firstNotFinite(largest)).isEqualTo(-1);
    largest[17] = Float.NaN;
    assertThat(Floats.firstNotFinite(largest)).isEqualTo(17);
  }

  @Test
  void aValueThatIsNotFiniteIsFoundWhereverItIs() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int at = 0; at < 19; at++) {
        float[] x = new float[19];
        x[at] = bad;
        assertThat(Floats.firstNotFinite(x)).isEqualTo(at);
      }
    }
  }

  @Test
  void theFirstValueThatIsNotFiniteIsFound() {
    assertThat(Floats.firstNotFinite(new float[] {1, 2, Float.NaN, Float.NaN, 3})).isEqualTo(2);
    assertThat(Floats.firstNotFinite(new float[] {1, Float.NEGATIVE_INFINITY})).isEqualTo(1);
    assertThat(
            Floats.firstNotFinite(
                new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, 0, 0}))
        .isZero();
    assertThat(Floats.firstNotFinite(new float[0])).isEqualTo(-1);
  }

  @Test
  void bytesAreLittleEndian() {
    assertThat(Floats.toBytes(new float[] {1, -2}))
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
  }

  @Test
  void bytesComeBackBitForBit() {
    float[] values = {0, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, 0.1f};

    assertThat(Floats.fromBytes(Floats.toBytes(values))).containsExactly(values);
    assertThatThrownBy(() -> Floats.fromBytes(new byte[7]))
        .hasMessage("7 bytes are not a whole number of floats, 4 bytes each");
  }
}
