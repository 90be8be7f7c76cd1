package dev.drey.job.specification.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Dropout;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.PositionalEmbedding;
import dev.drey.core.layer.Window;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.SpecText;
import dev.drey.job.specification.key.SpecificationException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {

  private static final String DATA = "data: {format: idx, features: x.gz, labels: y.gz}\n";

  private static final Initializer GLOROT = Initializer.GLOROT_UNIFORM;

  @Test
  void aResidualNetworkIsAListWithNames() throws SpecificationException {
    String text =
        """
        network:
          input: [1, 28, 28]
          layers:
            - conv2d: {filters: 6, padding: same, activation: relu}
              name: stem
            - batch-normalization
            - add: {from: stem}
            - max-pooling2d:
              name: pooled
              # what follows reads the network's input again
            - conv2d: {filters: 6, kernel: 2, stride: 2}
              from: input
            - add: {from: pooled}
            - flatten:
              name: end
            - dense: {units: 10}
        """;

    NetworkSpec network = SpecText.read(text + DATA).network().bind(List.of(784));

    assertThat(network.layers().get(0)).isInstanceOf(Named.class);
    assertThat(network.layers().get(6)).isEqualTo(new Named("end", null, new Flatten()));
    assertThat(network.shapes())
        .containsExactly(
            List.of(1, 28, 28),
            List.of(6, 28, 28),
            List.of(6, 28, 28),
            List.of(6, 28, 28),
            List.of(6, 14, 14),
            List.of(6, 14, 14),
            List.of(6, 14, 14),
            List.of(1176),
            List.of(10));
    assertThat(network.nodes().get(2).addend()).hasValue(0);
    assertThat(network.nodes().get(4).input()).isEqualTo(-1);
    assertThat(network.nodes().get(5).addend()).hasValue(3);
  }

  static Stream<Arguments> everyKind() {
    return Stream.of(
        kind("dense: {units: 3}", new Dense(3, Activation.LINEAR, GLOROT)),
        kind(
            "dense: {units: 3, activation: leaky-relu, initializer: he-uniform}",
            new Dense(3, Activation.LEAKY_RELU, Initializer.HE_UNIFORM)),
        kind("activation: {function: gelu}", new ActivationLayer(Activation.GELU)),
        kind("add: {from: stem}", new Add("stem")),
        kind("add: {from: input}", new Add("input")),
        kind("dropout: {rate: 0.25}", new Dropout(0.25f)),
        kind("flatten", new Flatten()),
        kind("flatten: {}", new Flatten()),
        kind("global-average-pooling", new GlobalAveragePooling()),
        kind("batch-normalization", new BatchNormalization(0.9f, 1e-5f)),
        kind(
            "batch-normalization: {momentum: 0.99, epsilon: 1e-3}",
            new BatchNormalization(0.99f, 1e-3f)),
        kind("layer-normalization", new LayerNormalization(1e-5f)),
        kind("layer-normalization: {epsilon: 1e-6}", new LayerNormalization(1e-6f)),
        kind(
            "conv2d: {filters: 8}",
            new Conv2d(8, window(3, 1, Padding.valid()), Activation.LINEAR, GLOROT)),
        kind(
            "conv2d: {filters: 8, kernel: [3, 5], stride: 2, padding: [1, 2], dilation: [1, 3],"
                + " activation: relu, initializer: he-normal}",
            new Conv2d(
                8,
                new Window(
                    new Extent(3, 5),
                    new Extent(2, 2),
                    new Padding.Fixed(new Extent(1, 2)),
                    new Extent(1, 3)),
                Activation.RELU,
                Initializer.HE_NORMAL)),
        kind(
            "conv2d: {filters: 1, padding: 2}",
            new Conv2d(
                1, window(3, 1, new Padding.Fixed(Extent.square(2))), Activation.LINEAR, GLOROT)),
        kind("max-pooling2d", new MaxPooling2d(window(2, 2, Padding.valid()))),
        kind("max-pooling2d: {pool: 3}", new MaxPooling2d(window(3, 3, Padding.valid()))),
        kind(
            "max-pooling2d: {pool: 3, stride: 2, padding: 1}",
            new MaxPooling2d(window(3, 2, new Padding.Fixed(Extent.square(1))))),
        kind(
            "average-pooling2d: {pool: [2, 1], padding: same}",
            new AveragePooling2d(
                new Window(new Extent(2, 1), new Extent(2, 1), new Padding.Same()))),
        kind("local-response-normalization", new LocalResponseNormalization(5, 1e-4f, 0.75f, 1)),
        kind(
            "local-response-normalization: {size: 3, alpha: 0.1, beta: 0.5, k: 2}",
            new LocalResponseNormalization(3, 0.1f, 0.5f, 2)),
        kind(
            "embedding: {vocabulary: 5_000, units: 16}",
            new Embedding(5000, 16, Initializer.NORMAL)),
        kind(
            "embedding: {vocabulary: 9, units: 2, initializer: zeros}",
            new Embedding(9, 2, Initializer.ZEROS)),
        kind("positional-embedding", new PositionalEmbedding(Initializer.NORMAL)),
        kind(
            "positional-embedding: {initializer: zeros}",
            new PositionalEmbedding(Initializer.ZEROS)),
        kind("lstm: {units: 4}", new Lstm(4, false, GLOROT)),
        kind(
            "lstm: {units: 4, return-sequences: true, initializer: normal}",
            new Lstm(4, true, Initializer.NORMAL)),
        kind("gru: {units: 4}", new Gru(4, false, GLOROT)),
        kind(
            "gru: {units: 4, return-sequences: true, initializer: glorot-normal}",
            new Gru(4, true, Initializer.GLOROT_NORMAL)),
        kind("multi-head-attention: {heads: 2}", new MultiHeadAttention(2, false, GLOROT)),
        kind(
            "multi-head-attention: {heads: 4, causal: true, initializer: normal}",
            new MultiHeadAttention(4, true, Initializer.NORMAL)));
  }

  private static Arguments kind(String text, LayerSpec layer) {
    return Arguments.of(text, layer);
  }

  private static Window window(int kernel, int stride, Padding padding) {
    return new Window(Extent.square(kernel), Extent.square(stride), padding);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void aKindIsReadWithItsDefaultsAndWrittenBack(String text, LayerSpec layer)
      throws SpecificationException {
    RunSpecification spec = SpecText.read(network(text) + DATA);

    assertThat(spec.network().layers()).containsExactly(layer);
    assertThat(SpecText.read(spec.toYaml())).as(spec.toYaml()).isEqualTo(spec);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void anyKindMayHaveANameAndAnInput(String text, LayerSpec layer) throws SpecificationException {
    String body = text.contains(":") ? text : text + ":";

    RunSpecification spec =
        SpecText.read(network(body + "\n      name: a\n      from: input") + DATA);

    assertThat(spec.network().layers()).containsExactly(new Named("a", "input", layer));
    assertThat(SpecText.read(spec.toYaml())).as(spec.toYaml()).isEqualTo(spec);
  }

  private static String network(String layer) {
    return "network:\n  layers:\n    - " + layer + "\n";
  }

  /** A layer, the key below it that the fault is of, and a part of the fault's text. */
  private static final String BAD_LAYERS =
      """
      {conv: {}} | .conv | is "conv", must be one of dense, activation,
      dense | .units | is missing, must be a whole number of at least 1
      [dense] | . | is a list, must be one of dense,
      {dense: {units: 1}, flatten: {}} | . | is a mapping with 2 keys, must be one of dense,
      {name: a} | . | is a mapping with 0 keys, must be one of dense,
      {dense: {units: 1}, nam: a} | . | is a mapping with 2 keys, must be one of dense,
      {dense: {units: 1}, name: 1a} | .name | is "1a", must be a letter, then up to 63 letters,
      {dense: {units: 1}, name: input} | .name | is "input", must be a letter, then up to 63 letters,
      {dense: {units: 1}, from: a.b} | .from | is "a.b", must be the name of an earlier layer, or
      {dense: {units: 0}} | .dense.units | is 0, must be a whole number of at least 1
      {dense: {units: 1, activation: reluu}} | .dense.activation | is "reluu", must be one of linear, relu, leaky-relu, gelu
      {dense: {units: 1, initializer: one}} | .dense.initializer | is "one", must be one of glorot-uniform, glorot-normal,
      {activation: {function: softsign}} | .activation.function | is "softsign", must be one of linear,
      activation | .function | is missing, must be one of linear,
      {add: {from: 7}} | .add.from | is 7, must be the name of an earlier layer, or input
      {dropout: {rate: 1}} | .dropout.rate | is 1, must be a number from 0 to below 1
      {batch-normalization: {momentum: 1}} | .batch-normalization.momentum | is 1, must be a number from 0 to below 1
      {batch-normalization: {epsilon: 0}} | .batch-normalization.epsilon | is 0, must be a number above 0
      {layer-normalization: {epsilon: -1}} | .layer-normalization.epsilon | is -1, must be a number above 0
      {flatten: {units: 1}} | .flatten.units | is not a key of this section
      {conv2d: {filters: 0}} | .conv2d.filters | is 0, must be a whole number of at least 1
      {conv2d: {filters: 1, kernel: 0}} | .conv2d.kernel | is 0, must be a whole number from 1 to 32,767
      {conv2d: {filters: 1, kernel: [1, 2, 3]}} | .conv2d.kernel | is a list of 3 values, must be a whole number from 1 to 32,767, or [height, width]
      {conv2d: {filters: 1, stride: [0, 1]}} | .conv2d.stride[0] | is 0, must be a whole number from 1 to 32,767
      {conv2d: {filters: 1, padding: full}} | .conv2d.padding | is "full", must be valid, same, a whole number from 0 to
      {conv2d: {filters: 1, padding: ''}} | .conv2d.padding | is "", must be valid, same, a whole number from 0 to
      {conv2d: {filters: 1, padding: [1, -1]}} | .conv2d.padding[1] | is -1, must be a whole number from 0 to 32,767
      {conv2d: {filters: 1, dilation: 40000}} | .conv2d.dilation | is 40000, must be a whole number from 1 to 32,767
      {conv2d: {filters: 1, activation: softmax}} | .conv2d | activation is softmax, must be one that works on each value
      {conv2d: {filters: 1, activation: elu}} | .conv2d.activation | is "elu", must be one of linear,
      {conv2d: {filters: 1, initializer: he}} | .conv2d.initializer | is "he", must be one of glorot-uniform,
      {max-pooling2d: {pool: a}} | .max-pooling2d.pool | is "a", must be a whole number from 1 to 32,767
      {max-pooling2d: {stride: 0}} | .max-pooling2d.stride | is 0, must be a whole number from 1 to 32,767
      {max-pooling2d: {padding: {a: 1}}} | .max-pooling2d.padding | is a mapping, must be
      {max-pooling2d: {padding: 2}} | .max-pooling2d | padding is 2x2, must be smaller than the kernel, 2x2
      {average-pooling2d: {pool: 0}} | .average-pooling2d.pool | is 0, must be a whole number from 1 to 32,767
      {average-pooling2d: {stride: -1}} | .average-pooling2d.stride | is -1, must be a whole number from 1 to 32,767
      {average-pooling2d: {padding: valld}} | .average-pooling2d.padding | is "valld", must be valid, same,
      {local-response-normalization: {size: 0}} | .local-response-normalization.size | is 0, must be a whole number of at least 1
      {local-response-normalization: {alpha: -1}} | .local-response-normalization.alpha | is -1, must be a number of at least 0
      {local-response-normalization: {beta: x}} | .local-response-normalization.beta | is "x", must be a number of at least 0
      {local-response-normalization: {k: 0}} | .local-response-normalization.k | is 0, must be a number above 0
      {embedding: {vocabulary: 0, units: 1}} | .embedding.vocabulary | is 0, must be a whole number of at least 1
      {embedding: {vocabulary: 1, units: 0}} | .embedding.units | is 0, must be a whole number of at least 1
      {embedding: {vocabulary: 1, units: 1, initializer: a}} | .embedding.initializer | is "a", must be one of glorot-uniform,
      {positional-embedding: {initializer: a}} | .positional-embedding.initializer | is "a", must be one of glorot-uniform,
      {lstm: {units: 1.5}} | .lstm.units | is 1.5, must be a whole number of at least 1
      {lstm: {units: 1, return-sequences: yes}} | .lstm.return-sequences | is "yes", must be true or false
      {lstm: {units: 1, initializer: a}} | .lstm.initializer | is "a", must be one of glorot-uniform,
      {gru: {units: 0}} | .gru.units | is 0, must be a whole number of at least 1
      {gru: {units: 1, return-sequences: 1}} | .gru.return-sequences | is 1, must be true or false
      {gru: {units: 1, initializer: a}} | .gru.initializer | is "a", must be one of glorot-uniform,
      {multi-head-attention: {heads: 0}} | .multi-head-attention.heads | is 0, must be a whole number of at least 1
      {multi-head-attention: {heads: 1, causal: no}} | .multi-head-attention.causal | is "no", must be true or false
      {multi-head-attention: {heads: 1, initializer: a}} | .multi-head-attention.initializer | is "a", must be one of glorot-uniform,
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = BAD_LAYERS)
  void aBadLayerIsRefusedByItsKey(String layer, String key, String expected) {
    assertThat(SpecText.faults(network(layer) + DATA))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .startsWith("network.layers[0]" + (key.equals(".") ? "" : key) + ":")
                    .contains(expected));
  }

  @Test
  void everyKeyOfALayerHasABadValueAbove() {
    List<String> tried = BAD_LAYERS.lines().map(line -> line.split("\\|", -1)[1].strip()).toList();
    List<String> untried = new ArrayList<>();

    Layers.TYPE.visit(
        "",
        (path, key) -> {
          if (tried.stream()
              .noneMatch(
                  t ->
                      t.replaceFirst("\\[.]$", "").equals("." + path)
                          || t.replaceFirst("\\[.]$", "").equals(path))) {
            untried.add(path);
          }
        });

    assertThat(untried).isEmpty();
  }

  @Test
  void allThatIsWrongWithALayerIsTold() {
    assertThat(SpecText.faults(network("{conv2d: {filter: 3, kernel: 0}, name: 7}") + DATA))
        .containsExactly(
            "network.layers[0].conv2d.filter: is not a key of this section; did you mean filters?"
                + " (line 3)",
            "network.layers[0].conv2d.filters: is missing, must be a whole number of at least 1"
                + " (line 3)",
            "network.layers[0].conv2d.kernel: is 0, must be a whole number from 1 to 32,767"
                + " (line 3)",
            "network.layers[0].name: is 7, must be a letter, then up to 63 letters, digits, dashes"
                + " or underscores, and not input (line 3)");
  }
}
