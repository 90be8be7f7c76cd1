package dev.drey.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.layer.Dropout;
import dev.drey.core.network.Node;
import dev.drey.worker.onednn.Engine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DropoutLayerTest {

  private static final int WIDTH = 1001; // odd, and not a block's
  private static final int EXAMPLES = 40;

  @Test
  void droppedValuesAreZeroAndTheRestMakesUpForThem() {
    float[] y = mask(0.2f, 0, EXAMPLES, Pass.training(7));

    assertThat(y).containsOnly(0, 1.25f);
    // deviation of the share: sqrt(0.2 * 0.8 / 40,040) = 0.002
    assertThat(1 - share(y)).isCloseTo(0.2, within(0.008));
  }

  @Test
  void predictionsDropNothing() {
    assertThat(mask(0.9f, 0, 3, Pass.INFERENCE)).containsOnly(1);
  }

  @Test
  void nothingIsDroppedAtRateZero() {
    assertThat(mask(0, 0, 3, Pass.training(7))).containsOnly(1);
  }

  @Test
  void theGradientTakesTheMaskOfTheOutput() {
    Site site = site(0.5f, 3, EXAMPLES);
    Layer layer = Layer.compile(site);
    layer.forward(Pass.training(7));
    layer.outputGradient().assign(1);
    layer.backward(false);

    assertThat(site.inputGradient()).isEqualTo(layer.output()); // x is 1 everywhere
  }

  @Test
  void theMaskOfAnExampleDoesNotDependOnItsChunk() {
    float[] all = mask(0.5f, 3, EXAMPLES, Pass.training(7));
    float[] last = mask(0.5f, 3, 9, Pass.training(7, EXAMPLES - 9));

    assertThat(
            LongStream.range(0, last.length)
                .filter(i -> last[(int) i] != all[(int) i + 31 * WIDTH]))
        .isEmpty();
  }

  /**
   * Of two independent masks of n values at rate 0.5 half agree, with deviation 0.5 / sqrt(n) =
   * 0.0025; whether the second is moved by up to 3 places against the first or not.
   */
  @Test
  void masksOfNeighbouringSeedsAndLayersHaveNothingToDoWithEachOther() {
    float[] one = mask(0.5f, 1, EXAMPLES, Pass.training(7));
    List<float[]> others =
        List.of(
            mask(0.5f, 1, EXAMPLES, Pass.training(8)),
            mask(0.5f, 1, EXAMPLES, Pass.training(-7)),
            mask(0.5f, 1, EXAMPLES, Pass.training(7 + (1L << 32))),
            mask(0.5f, 1, EXAMPLES, Pass.training(7 + 0x9E3779B97F4A7C15L)),
            mask(0.5f, 2, EXAMPLES, Pass.training(7)),
            mask(0.5f, 0, EXAMPLES, Pass.training(8)),
            mask(0.5f, 1, EXAMPLES, Pass.training(7, EXAMPLES)));

    for (float[] other : others) {
      for (int shift = -3; shift <= 3; shift++) {
        assertThat(agreement(one, other, shift)).isCloseTo(0.5, within(0.0125));
      }
    }
    assertThat(agreement(one, one, 1)).isCloseTo(0.5, within(0.0125));
  }

  /** What comes of ones. */
  private static float[] mask(float rate, int index, int examples, Pass pass) {
    Layer layer = Layer.compile(site(rate, index, examples));
    layer.forward(pass);
    return layer.output().reshape(examples * (long) WIDTH).toFloatVector();
  }

  private static Site site(float rate, int index, int examples) {
    List<Integer> shape = List.of(WIDTH);
    Node node =
        new Node(
            index,
            "dropout",
            new Dropout(rate),
            index - 1,
            OptionalInt.empty(),
            shape,
            shape,
            List.of());
    INDArray ones = Nd4j.ones(DataType.FLOAT, examples, WIDTH);
    INDArray nothing = Nd4j.empty(DataType.FLOAT);
    return new Site(
        node,
        new Port(ones, Nd4j.zerosLike(ones)),
        Optional.empty(),
        nothing,
        nothing,
        ImageOrder.CHANNELS_FIRST,
        new Engine());
  }

  private static double share(float[] y) {
    int kept = 0;
    for (float value : y) {
      kept += value == 0 ? 0 : 1;
    }
    return (double) kept / y.length;
  }

  private static double agreement(float[] one, float[] other, int shift) {
    int same = 0;
    for (int i = 3; i < one.length - 3; i++) {
      same += one[i] == other[i + shift] ? 1 : 0;
    }
    return (double) same / (one.length - 6);
  }
}
