package dev.drey.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.InitialValues;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Tensor;
import dev.drey.core.parameters.Range;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkSpecTest {

  private static final NetworkSpec MLP = mlp(784, 512, 256, 10);

  @Test
  void theFlatVectorHoldsKernelAndBiasOfEachLayerInOrder() {
    assertThat(MLP.tensors())
        .extracting(TensorSpec::name)
        .containsExactly("0.kernel", "0.bias", "1.kernel", "1.bias", "2.kernel", "2.bias");
    assertThat(MLP.tensors().get(0).shape()).containsExactly(784, 512);
    assertThat(MLP.tensors())
        .extracting(TensorSpec::range)
        .containsExactly(
            new Range(0, 401_408),
            new Range(401_408, 401_920),
            new Range(401_920, 532_992),
            new Range(532_992, 533_248),
            new Range(533_248, 535_808),
            new Range(535_808, 535_818));
    assertThat(MLP.parameterCount()).isEqualTo(535_818);
  }

  @Test
  void theNetworkOfCaseAHasThePapersParameterCount() {
    assertThat(mlp(20, 100, 100, 100, 100, 100, 1).parameterCount()).isEqualTo(42_601);
  }

  @Test
  void shapesGoFromTheInputToTheOutputs() {
    assertThat(MLP.shapes()).containsExactly(List.of(784), List.of(512), List.of(256), List.of(10));
    assertThat(MLP.inputWidth()).isEqualTo(784);
    assertThat(MLP.outputWidth()).isEqualTo(10);
  }

  @Test
  void theLossSaysHowManyLabelsAnExampleHas() {
    assertThat(MLP.labelWidth()).isEqualTo(1);
    for (Loss loss : List.of(new Loss.MeanSquaredError(), new Loss.HalfSquaredError())) {
      assertThat(new NetworkSpec(MLP.input(), MLP.layers(), loss).labelWidth()).isEqualTo(10);
      assertThat(loss.classifies()).isFalse();
    }
  }

  @Test
  void theSameSeedGivesTheSameParameters() {
    assertThat(MLP.initialParameters(3)).isEqualTo(MLP.initialParameters(3));
    assertThat(MLP.initialParameters(3)[0]).isNotEqualTo(MLP.initialParameters(4)[0]);
  }

  /** A run's first bits must not change with the JDK or the code. */
  @Test
  void initialParametersHaveFixedBits() {
    NetworkSpec network =
        new NetworkSpec(
            List.of(3),
            List.of(
                new Dense(2, Activation.RELU, Initializer.HE_NORMAL),
                new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
            new Loss.SoftmaxCrossEntropy());

    assertThat(network.initialParameters(42)).containsExactly(INITIAL);
  }

  @Test
  void glorotStaysWithinItsLimitAndFillsIt() {
    float[] parameters = MLP.initialParameters(1);
    double limit = Math.sqrt(6.0 / (784 + 512));
    float largest = 0;
    for (int i = 0; i < 401_408; i++) {
      largest = Math.max(largest, Math.abs(parameters[i]));
    }
    assertThat((double) largest).isBetween(0.999 * limit, limit);
  }

  @Test
  void heHasTheDeviationOfItsPaper() {
    NetworkSpec network =
        new NetworkSpec(
            List.of(400),
            List.of(new Dense(500, Activation.RELU, Initializer.HE_NORMAL)),
            new Loss.MeanSquaredError());
    float[] parameters = network.initialParameters(1);
    double squares = 0;
    for (int i = 0; i < 200_000; i++) {
      squares += (double) parameters[i] * parameters[i];
    }
    // The deviation of an estimate from n draws is 1 / sqrt(2 n) = 0.0016 of it; five of those.
    assertThat(Math.sqrt(squares / 200_000) / Math.sqrt(2.0 / 400)).isCloseTo(1, within(0.008));
  }

  @Test
  void biasesAndZerosStartAtZero() {
    NetworkSpec network =
        new NetworkSpec(
            List.of(3),
            List.of(new Dense(2, Activation.LINEAR, Initializer.ZEROS)),
            new Loss.MeanSquaredError());

    assertThat(network.initialParameters(1)).containsOnly(0);
    assertThat(Arrays.copyOfRange(MLP.initialParameters(1), 401_408, 401_920))
        .isEqualTo(new float[512]);
  }

  @Test
  void jsonIsWhatAUserWritesWithDefaults() throws IOException {
    String text =
        "{\"input\":[4],\"layers\":[{\"dense\":{\"units\":3}}],\"loss\":{\"mean-squared-error\":{}}}";

    NetworkSpec network = new ObjectMapper().readValue(text, NetworkSpec.class);

    assertThat(network.layers())
        .containsExactly(new Dense(3, Activation.LINEAR, Initializer.GLOROT_UNIFORM));
    String written = new ObjectMapper().writeValueAsString(network);
    assertThat(new ObjectMapper().readValue(written, NetworkSpec.class)).isEqualTo(network);
  }

  @Test
  void everyMistakeHasItsMessage() {
    List<LayerSpec> layers = MLP.layers();
    assertThatThrownBy(() -> new NetworkSpec(List.of(), layers, new Loss.MeanSquaredError()))
        .hasMessage("input shape is [], must have dimensions of at least 1");
    assertThatThrownBy(() -> new NetworkSpec(List.of(3, 0), layers, new Loss.MeanSquaredError()))
        .hasMessage("input shape is [3, 0], must have dimensions of at least 1");
    assertThatThrownBy(() -> new NetworkSpec(List.of(3), List.of(), new Loss.MeanSquaredError()))
        .hasMessage("the network has no layers, must have at least one");
    assertThatThrownBy(() -> new NetworkSpec(List.of(3, 4), layers, new Loss.MeanSquaredError()))
        .hasMessage("the last layer's output shape is [3, 10], must have one dimension");
    assertThatThrownBy(() -> new NetworkSpec(List.of(1, 3, 4), layers, new Loss.MeanSquaredError()))
        .hasMessage(
            "layer 0: dense: input shape is [1, 3, 4], must be [features] or [time, features]; put"
                + " flatten before it");
    assertThatThrownBy(() -> new Dense(0, Activation.RELU, Initializer.ZEROS))
        .hasMessage("dense: units is 0, must be at least 1");
  }

  @Test
  void aNetworkThatNoArrayHoldsIsRefused() {
    assertThatThrownBy(() -> mlp(100_000, 100_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 0: the network has 10000000000 parameters, at most 536870895");
    // Two layers whose sizes add up to more than a long holds.
    int most = NetworkSpec.MAX_PARAMETERS;
    assertThatThrownBy(() -> mlp(most, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("layer 0: ");
    assertThatThrownBy(() -> mlp(Integer.MAX_VALUE, 1))
        .hasMessage("input shape is [2147483647], must have at most 536870895 values");
  }

  @Test
  void aTensorMustFillItsRange() {
    assertThatThrownBy(
            () ->
                new TensorSpec(
                    "0.kernel",
                    new Tensor.Trained(
                        "kernel", List.of(2, 3), Initializer.ZEROS, new InitialValues.Fans(2, 3)),
                    new Range(0, 5)))
        .hasMessage("tensor 0.kernel: shape [2, 3] has 6 elements, its range [0, 5) has 5");
  }

  private static NetworkSpec mlp(int... widths) {
    return new NetworkSpec(
        List.of(widths[0]),
        Arrays.stream(widths)
            .skip(1)
            .<LayerSpec>mapToObj(
                units -> new Dense(units, Activation.TANH, Initializer.GLOROT_UNIFORM))
            .toList(),
        new Loss.SoftmaxCrossEntropy());
  }

  private static final float[] INITIAL = {
    -1.4105687f,
    0.7979715f,
    0.20073351f,
    -1.5662146f,
    -0.13500983f,
    -1.3457353f,
    0,
    0,
    0.20142134f,
    0.5336856f,
    -0.24979296f,
    -0.8803042f,
    0,
    0
  };

  @Test
  void aLayerThatNobodyReadsIsRefused() {
    LayerSpec dense = new Dense(2, Activation.RELU, Initializer.ZEROS);

    assertThatThrownBy(
            () ->
                new NetworkSpec(
                    List.of(3),
                    List.of(new Named("left", null, dense), new Named("right", "input", dense)),
                    new Loss.MeanSquaredError()))
        .hasMessage("layer 0 (left): nobody reads its output, and it is not the last layer");
  }
}
