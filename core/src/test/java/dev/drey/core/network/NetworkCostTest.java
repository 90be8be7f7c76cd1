package dev.drey.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCostTest {

  private static final Dense TEN = new Dense(10, Activation.RELU, Initializer.ZEROS);

  @Test
  void anMlpCostsThreeTimesItsForwardOperationsButForTheFirstLayer() {
    NetworkCost cost = NetworkCost.of(network(List.of(20), TEN, TEN));

    assertThat(cost.layers())
        .extracting(LayerCost::forwardFlops)
        .containsExactly(2 * 20 * 10 + 20L, 2 * 10 * 10 + 20L);
    assertThat(cost.forwardFlops()).isEqualTo(420 + 220);
    assertThat(cost.trainingFlops()).isEqualTo(2 * 420 + 3 * 220);
    assertThat(cost.trained()).isEqualTo(210 + 110);
    assertThat(cost.vectorBytes()).isEqualTo(4 * 320);
    assertThat(cost.layers().get(0).activationBytes()).isEqualTo(2 * 4 * 10);
  }

  @Test
  void whatComesBeforeTheFirstParametersIsComputedForwardOnly() {
    Window two = new Window(Extent.square(2), Extent.square(2), Padding.valid());

    NetworkCost cost =
        NetworkCost.of(
            network(
                List.of(1, 4, 4),
                new MaxPooling2d(two),
                new Flatten(),
                TEN,
                new Named("middle", null, TEN),
                TEN,
                new Add("middle")));

    assertThat(cost.layers())
        .extracting(layer -> layer.trainingFlops() - layer.forwardFlops())
        .containsExactly(0L, 0L, 100L, 2 * 220L, 2 * 220L, 10L);
    assertThat(cost.layers().get(0).forwardFlops()).isEqualTo(16);
    assertThat(cost.layers().get(2).forwardFlops()).isEqualTo(100);
  }

  @Test
  void aSecondFirstLayerNeedsNoGradientByTheInputEither() {
    NetworkCost cost =
        NetworkCost.of(
            network(
                List.of(20),
                new Named("left", null, TEN),
                new Named("right", Named.INPUT, TEN),
                new Add("left")));

    assertThat(cost.layers())
        .extracting(LayerCost::trainingFlops)
        .containsExactly(2 * 420L, 2 * 420L, 2 * 10L);
  }

  @Test
  void statisticsAreCountedApart() {
    Conv2d conv =
        new Conv2d(
            6,
            new Window(Extent.square(3), Extent.ONE, Padding.valid()),
            Activation.LINEAR,
            Initializer.ZEROS);

    NetworkCost cost =
        NetworkCost.of(
            network(
                List.of(2, 5, 5), conv, new BatchNormalization(0.9f, 1e-5f), new Flatten(), TEN));

    LayerCost normalization = cost.layers().get(1);
    assertThat(normalization.trained()).isEqualTo(12);
    assertThat(normalization.statistics()).isEqualTo(12);
    assertThat(normalization.parameters()).isEqualTo(24);
    assertThat(cost.statistics()).isEqualTo(12);
    assertThat(cost.trained()).isEqualTo(6 * 2 * 9 + 6 + 12 + 54 * 10 + 10);
    assertThat(cost.layers().get(0).forwardFlops()).isEqualTo(6 * 9 * (2 * 2 * 9 + 2));
  }

  private static NetworkSpec network(List<Integer> input, LayerSpec... layers) {
    return new NetworkSpec(input, List.of(layers), new Loss.HalfSquaredError());
  }
}
