package dev.drey.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerSpecTest {

  private static final Window POOL =
      new Window(Extent.square(2), Extent.square(2), Padding.valid());

  /** Of each kind: an input it takes, its output, its parameters and its operations forward. */
  static Stream<Arguments> kinds() {
    Initializer zeros = Initializer.ZEROS;
    return Stream.of(
        of(new ActivationLayer(Activation.GELU), List.of(2, 3, 4), List.of(2, 3, 4), 0, 24),
        of(new Add("other"), List.of(5), List.of(5), 0, 5),
        of(new AveragePooling2d(POOL), List.of(2, 5, 4), List.of(2, 2, 2), 0, 32),
        of(new BatchNormalization(0.9f, 1e-5f), List.of(3, 2, 2), List.of(3, 2, 2), 12, 96),
        of(conv(20, 5), List.of(1, 28, 28), List.of(20, 24, 24), 520, 599_040),
        of(new Dense(10, null, null), List.of(7), List.of(10), 80, 160),
        of(new Dense(10, null, null), List.of(4, 7), List.of(4, 10), 80, 640),
        of(new Dropout(0.5f), List.of(4), List.of(4), 0, 8),
        of(new Embedding(100, 8, zeros), List.of(6), List.of(6, 8), 800, 0),
        of(new Flatten(), List.of(2, 3, 4), List.of(24), 0, 0),
        of(new GlobalAveragePooling(), List.of(6, 3, 2), List.of(6), 0, 36),
        of(new GlobalAveragePooling(), List.of(6, 3), List.of(3), 0, 18),
        of(new Gru(5, false, zeros), List.of(6, 3), List.of(5), 150, 1860),
        of(new LayerNormalization(1e-5f), List.of(6, 3), List.of(6, 3), 6, 144),
        of(lrn(), List.of(6, 3, 2), List.of(6, 3, 2), 0, 468),
        of(new Lstm(5, true, zeros), List.of(6, 3), List.of(6, 5), 180, 2400),
        of(new MaxPooling2d(POOL), List.of(2, 5, 4), List.of(2, 2, 2), 0, 32),
        of(new MultiHeadAttention(2, false, zeros), List.of(3, 4), List.of(3, 4), 80, 666),
        of(new Named("a", null, new Flatten()), List.of(2, 3), List.of(6), 0, 0),
        of(new PositionalEmbedding(zeros), List.of(3, 4), List.of(3, 4), 12, 12));
  }

  private static Arguments of(
      LayerSpec layer, List<Integer> input, List<Integer> output, long parameters, long flops) {
    return Arguments.of(layer, input, output, parameters, flops);
  }

  private static Conv2d conv(int filters, int kernel) {
    return new Conv2d(
        filters,
        new Window(Extent.square(kernel), Extent.ONE, Padding.valid()),
        Activation.RELU,
        Initializer.HE_NORMAL);
  }

  private static LocalResponseNormalization lrn() {
    return new LocalResponseNormalization(5, 1e-4f, 0.75f, 1);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLayerKnowsItsShapeItsTensorsAndItsWork(
      LayerSpec layer, List<Integer> input, List<Integer> output, long parameters, long flops) {
    assertThat(layer.outputShape(input)).isEqualTo(output);
    assertThat(layer.tensors(input).stream().mapToLong(Tensor::size).sum()).isEqualTo(parameters);
    assertThat(layer.flops(input)).isEqualTo(flops);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLayerComesBackFromItsJson(LayerSpec layer) throws IOException {
    ObjectMapper json = new ObjectMapper();

    String text = json.writerFor(LayerSpec.class).writeValueAsString(layer);

    assertThat(text).startsWith("{\"" + layer.kind() + "\":{");
    assertThat(json.readValue(text, LayerSpec.class)).isEqualTo(layer);
  }

  @Test
  void everyKindIsTested() {
    assertThat(kinds().<Class<?>>map(arguments -> arguments.get()[0].getClass()).distinct())
        .containsExactlyInAnyOrder(LayerSpec.class.getPermittedSubclasses());
  }

  @Test
  void statisticsAreNoParametersOfAnOptimizer() {
    List<Tensor> tensors = new BatchNormalization(0.75f, 1e-5f).tensors(List.of(3, 2, 2));

    assertThat(tensors)
        .extracting(Tensor::role)
        .containsExactly("scale", "offset", "mean", "variance");
    assertThat(tensors.get(1)).isInstanceOf(Tensor.Trained.class);
    assertThat(tensors.get(2))
        .isEqualTo(new Tensor.Statistic("mean", List.of(3), Initializer.ZEROS, 0.75f));
  }

  @Test
  void theForgetGateStartsOpen() {
    Tensor bias = new Lstm(2, false, Initializer.ZEROS).tensors(List.of(4, 3)).get(2);
    SplittableRandom random = new SplittableRandom(1);

    assertThat(Stream.iterate(0, i -> i < 8, i -> i + 1))
        .extracting(i -> bias.start().draw(random, bias.fans(), i))
        .containsExactly(0f, 0f, 1f, 1f, 0f, 0f, 0f, 0f);
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        misfit(new Dense(1, null, null), List.of(1, 2, 3), "dense", "put flatten before it"),
        misfit(conv(1, 3), List.of(784), "conv2d", "must be [channels, height, width]"),
        misfit(conv(1, 3), List.of(1, 2, 9), "conv2d", "smaller than its window of 3x3"),
        misfit(new MaxPooling2d(POOL), List.of(4, 4), "max-pooling2d", "must be [channels"),
        misfit(new AveragePooling2d(POOL), List.of(4), "average-pooling2d", "must be [channels"),
        misfit(new GlobalAveragePooling(), List.of(4), "global-average-pooling", "or [time, feat"),
        misfit(lrn(), List.of(4, 4), "local-response-normalization", "must be [channels"),
        misfit(new LayerNormalization(1), List.of(1, 4, 4), "layer-normalization", "or [time,"),
        misfit(new Embedding(4, 4, Initializer.ONES), List.of(4, 4), "embedding", "must be [time]"),
        misfit(
            new PositionalEmbedding(Initializer.ONES),
            List.of(4),
            "positional-embedding",
            "must be [time, features]"),
        misfit(new Lstm(4, true, Initializer.ONES), List.of(4), "lstm", "must be [time, features]"),
        misfit(new Gru(4, true, Initializer.ONES), List.of(4), "gru", "must be [time, features]"),
        misfit(
            new MultiHeadAttention(3, false, Initializer.ONES),
            List.of(5, 4),
            "multi-head-attention",
            "its features must be a multiple of heads, 3"),
        misfit(
            new ActivationLayer(Activation.SOFTMAX),
            List.of(1, 4, 4),
            "activation",
            "softmax needs [features] or [time, features]"));
  }

  private static Arguments misfit(LayerSpec layer, List<Integer> input, String name, String rule) {
    return Arguments.of(layer, input, name, rule);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void anImpossibleShapeNamesLayerShapeAndRule(
      LayerSpec layer, List<Integer> input, String name, String rule) {
    assertThatThrownBy(() -> layer.outputShape(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": input shape is " + input + ", ")
        .hasMessageContaining(rule);
  }

  static Stream<Arguments> badSettings() {
    Initializer zeros = Initializer.ZEROS;
    Window padded = new Window(Extent.square(2), Extent.ONE, new Padding.Fixed(Extent.square(2)));
    return Stream.of(
        bad(() -> new Dense(0, null, null), "dense: units is 0, must be at least 1"),
        bad(() -> conv(0, 3), "conv2d: filters is 0, must be at least 1"),
        bad(
            () -> new Conv2d(1, POOL, Activation.SOFTMAX, zeros),
            "conv2d: activation is softmax, must be one that works on each value"),
        bad(
            () -> new MaxPooling2d(padded),
            "max-pooling2d: padding is 2x2, must be smaller than the kernel, 2x2"),
        bad(
            () ->
                new AveragePooling2d(
                    new Window(Extent.ONE, Extent.ONE, Padding.valid(), Extent.square(2))),
            "average-pooling2d: dilation is 2x2, must be 1x1"),
        bad(
            () -> new BatchNormalization(1, 1),
            "batch-normalization: momentum is 1.0, must be in [0, 1)"),
        bad(
            () -> new BatchNormalization(0, 0),
            "batch-normalization: epsilon is 0.0, must be above 0"),
        bad(
            () -> new LayerNormalization(Float.NaN),
            "layer-normalization: epsilon is NaN, must be above 0"),
        bad(() -> new Dropout(1), "dropout: rate is 1.0, must be in [0, 1)"),
        bad(() -> new Embedding(0, 1, zeros), "embedding: vocabulary is 0, must be at least 1"),
        bad(() -> new Embedding(1, 0, zeros), "embedding: units is 0, must be at least 1"),
        bad(() -> new Lstm(0, true, zeros), "lstm: units is 0, must be at least 1"),
        bad(() -> new Gru(0, true, zeros), "gru: units is 0, must be at least 1"),
        bad(
            () -> new MultiHeadAttention(0, true, zeros),
            "multi-head-attention: heads is 0, must be at least 1"),
        bad(
            () -> new LocalResponseNormalization(0, 1, 1, 1),
            "local-response-normalization: size is 0, must be at least 1"),
        bad(
            () -> new LocalResponseNormalization(1, 1, 1, 0),
            "local-response-normalization: k is 0.0, must be above 0"),
        bad(
            () -> new LocalResponseNormalization(1, -1, 1, 1),
            "local-response-normalization: alpha is -1.0 and beta is 1.0, must be at least 0"),
        bad(
            () -> new Named("9a", null, new Flatten()),
            "name is \"9a\", must be a letter, then up to 63 letters, digits, dashes or"
                + " underscores, and not input"),
        bad(
            () -> new Named("a", null, new Named("b", null, new Flatten())),
            "a layer can have one name only"));
  }

  private static Arguments bad(ThrowingCallable making, String message) {
    return Arguments.of(making, message);
  }

  @ParameterizedTest
  @MethodSource("badSettings")
  void badSettingsAreRefused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void badSettingsInJsonAreRefusedAsWell() {
    assertThatThrownBy(
            () -> new ObjectMapper().readValue("{\"dropout\":{\"rate\":2}}", LayerSpec.class))
        .isInstanceOf(ValueInstantiationException.class)
        .hasMessageContaining("dropout: rate is 2.0, must be in [0, 1)");
  }
}
