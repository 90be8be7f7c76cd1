package dev.drey.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.Window;
import dev.drey.core.parameters.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {

  private static final Dense DENSE = new Dense(4, Activation.RELU, Initializer.ZEROS);

  @Test
  void aResidualBlockReadsTwice() {
    NetworkSpec network =
        network(
            4,
            new Named("stem", null, DENSE),
            DENSE,
            new Named("main", null, DENSE),
            new Named("shortcut", "stem", DENSE),
            new Add("main"));

    List<Node> nodes = network.nodes();
    assertThat(nodes).extracting(Node::input).containsExactly(Node.INPUT, 0, 1, 0, 3);
    assertThat(nodes).extracting(Node::name).containsExactly("stem", "1", "main", "shortcut", "4");
    assertThat(nodes.get(4).addend()).hasValue(2);
    assertThat(nodes.get(3).addend()).isEmpty();
    assertThat(nodes.get(3).layer()).isEqualTo(DENSE);
    assertThat(network.tensors())
        .extracting(TensorSpec::name)
        .containsExactly(
            "stem.kernel",
            "stem.bias",
            "1.kernel",
            "1.bias",
            "main.kernel",
            "main.bias",
            "shortcut.kernel",
            "shortcut.bias");
  }

  @Test
  void theNetworkOfCaseBHasThePapersParameterCount() {
    Window five = new Window(Extent.square(5), Extent.ONE, new Padding.Same());
    Window pool = new Window(Extent.square(3), Extent.square(2), new Padding.Same());
    LayerSpec lrn = new LocalResponseNormalization(9, 0.001f, 0.75f, 1);
    NetworkSpec network =
        new NetworkSpec(
            List.of(3, 32, 32),
            List.of(
                new Conv2d(64, five, Activation.RELU, Initializer.HE_NORMAL),
                new MaxPooling2d(pool),
                lrn,
                new Conv2d(64, five, Activation.RELU, Initializer.HE_NORMAL),
                lrn,
                new MaxPooling2d(pool),
                new Flatten(),
                new Dense(384, Activation.RELU, null),
                new Dense(192, Activation.RELU, null),
                new Dense(10, null, null)),
            new Loss.SoftmaxCrossEntropy());

    assertThat(network.parameterCount()).isEqualTo(1_756_426);
  }

  @Test
  void statisticsHaveTheirPlacesInTheFlatVector() {
    NetworkSpec network = network(4, DENSE, new BatchNormalization(0.9f, 1e-5f), DENSE);

    assertThat(network.statistics())
        .containsExactly(
            new Statistic(new Range(28, 32), 0.9f), new Statistic(new Range(32, 36), 0.9f));
    float[] initial = network.initialParameters(1);
    assertThat(initial[20]).isEqualTo(1); // scale
    assertThat(initial[28]).isEqualTo(0); // mean
    assertThat(initial[32]).isEqualTo(1); // variance
  }

  @Test
  void anEmbeddingSaysWhatTheInputMayBe() {
    assertThat(network(3, new Embedding(7, 2, Initializer.NORMAL), new Flatten()).vocabulary())
        .hasValue(7);
    assertThat(network(3, DENSE).vocabulary()).isEmpty();
    assertThatThrownBy(() -> network(3, DENSE, new Embedding(7, 2, Initializer.NORMAL)))
        .hasMessage("layer 1: embedding: must read the network's input");
  }

  @Test
  void wrongNamesAreRefused() {
    assertThatThrownBy(() -> network(4, DENSE, new Add("stem")))
        .hasMessage("layer 1: no earlier layer has the name \"stem\"");
    assertThatThrownBy(() -> network(4, new Named("a", "a", DENSE)))
        .hasMessage("layer 0 (a): no earlier layer has the name \"a\"");
    assertThatThrownBy(() -> network(4, new Named("a", null, DENSE), new Named("a", null, DENSE)))
        .hasMessage("layer 1 (a): there is another layer of the name a");
  }

  @Test
  void whatIsAddedMustHaveTheSameShape() {
    assertThatThrownBy(() -> network(3, DENSE, new Add("input")))
        .hasMessage(
            "layer 1: add: input shape is [4], what it adds, input, has [3], must be the same");
  }

  @Test
  void anOutputThatNoArrayHoldsIsRefused() {
    assertThatThrownBy(() -> network(3000, new Embedding(1, 1_000_000, Initializer.ZEROS)))
        .hasMessage(
            "layer 0: embedding: output shape is [3000, 1000000], must have at most 536870895 values");
  }

  private static NetworkSpec network(int inputs, LayerSpec... layers) {
    return new NetworkSpec(List.of(inputs), List.of(layers), new Loss.MeanSquaredError());
  }
}
