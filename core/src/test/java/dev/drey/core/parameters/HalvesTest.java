package dev.drey.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalvesTest {

  private final Random random = new Random(1);

  @Test
  void fiveVectorsAreAddedAsThreeAndTwo() {
    float[][] x = vectors(5, 4);
    float[] y = new float[4];

    Halves.sum(y, x, 0, 4);

    for (int i = 0; i < 4; i++) {
      assertThat(y[i]).isEqualTo(((x[0][i] + x[1][i]) + x[2][i]) + (x[3][i] + x[4][i]));
    }
  }

  @Test
  void anyNumberOfVectorsHasTheBracketsOfHalving() {
    for (int count = 1; count <= Halves.MOST; count++) {
      float[][] x = vectors(count, 100);
      float[] before = vectors(1, 100)[0];
      float[] sum = before.clone();
      float[] added = before.clone();

      Halves.sum(sum, x, 10, 90);
      Halves.add(added, x, 10, 90);

      for (int i = 0; i < 100; i++) {
        boolean inside = i >= 10 && i < 90;
        float halved = halved(x, i, 0, count);
        assertThat(sum[i]).as("%s vectors", count).isEqualTo(inside ? halved : before[i]);
        assertThat(added[i])
            .as("%s vectors", count)
            .isEqualTo(inside ? before[i] + halved : before[i]);
      }
    }
  }

  @Test
  void noVectorAndTooManyAreRefused() {
    assertThatThrownBy(() -> Halves.sum(new float[1], new float[0][], 0, 1))
        .hasMessage("0 vectors, must be 1 to 8");
    assertThatThrownBy(() -> Halves.add(new float[1], new float[9][1], 0, 1))
        .hasMessage("9 vectors, must be 1 to 8");
  }

  private static float halved(float[][] x, int i, int from, int to) {
    if (to - from == 1) {
      return x[from][i];
    }
    int middle = from + (to - from + 1) / 2;
    return halved(x, i, from, middle) + halved(x, i, middle, to);
  }

  /** Of several magnitudes, so that other brackets give other bits. */
  private float[][] vectors(int count, int length) {
    float[][] x = new float[count][length];
    for (float[] vector : x) {
      for (int i = 0; i < length; i++) {
        vector[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6)));
      }
    }
    return x;
  }
}
