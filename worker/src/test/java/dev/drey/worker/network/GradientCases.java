package dev.drey.worker.network;

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
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Small networks at odd shapes, whose gradients are compared with central differences: every kind
 * of layer, every activation wherever one can be, and every loss. {@link CentralDifferenceTest}
 * fails for a kind without a case.
 */
final class GradientCases {

  private static final Loss SQUARED = new Loss.HalfSquaredError();

  private GradientCases() {}

  /**
   * A network with a number of examples.
   *
   * @param title for people
   */
  record Case(String title, NetworkSpec spec, int examples) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Case> all() {
    return Stream.of(
            losses(), activations(), residuals(), dropouts(), images(), sequences(), transformers())
        .flatMap(List::stream);
  }

  private static List<Case> losses() {
    return Stream.of(
            new Loss.SoftmaxCrossEntropy(),
            new Loss.SoftmaxCrossEntropy(0.2f, List.of()),
            new Loss.SoftmaxCrossEntropy(0, List.of(0.5f, 2f, 0f)),
            new Loss.SoftmaxCrossEntropy(0.1f, List.of(0.5f, 2f, 1f)),
            new Loss.BinaryCrossEntropy(),
            new Loss.MeanSquaredError(),
            new Loss.HalfSquaredError(),
            new Loss.Huber(0.5f))
        .map(loss -> of(loss.toString(), 7, List.of(4), loss, dense(5, Activation.TANH), dense(3)))
        .toList();
  }

  private static List<Case> activations() {
    List<Case> cases = new ArrayList<>();
    for (Activation f : Activation.values()) {
      cases.add(of("dense " + f, 6, List.of(5), SQUARED, dense(7, f), dense(4, f), dense(3)));
      cases.add(
          of("dense over time " + f, 3, List.of(4, 3), SQUARED, dense(5, f), flat(), dense(2)));
      cases.add(of("activation " + f, 5, List.of(3), SQUARED, dense(6), activation(f), dense(2)));
    }
    cases.add(of("one weight", 1, List.of(1), SQUARED, dense(1)));
    cases.add(of("flatten first", 3, List.of(2, 3, 2), SQUARED, flat(), dense(3)));
    return cases;
  }

  private static List<Case> residuals() {
    return List.of(
        of(
            "residual block",
            6,
            List.of(4),
            SQUARED,
            named("a", dense(5, Activation.TANH)),
            dense(5, Activation.SIGMOID),
            new Add("a"),
            dense(2)),
        of(
            "read by three",
            5,
            List.of(3),
            new Loss.SoftmaxCrossEntropy(),
            named("a", dense(5, Activation.GELU)),
            named("b", dense(5)),
            named("sum", new Add("a")),
            new Named("c", "a", dense(5, Activation.TANH)),
            new Add("b"),
            new Add("sum"),
            activation(Activation.TANH),
            new Add("a"),
            dense(3)),
        of(
            "added to itself and flattened",
            4,
            List.of(2, 3),
            SQUARED,
            named("a", dense(3, Activation.TANH)),
            new Add("a"),
            named("flat", flat()),
            dense(6),
            new Add("flat"),
            dense(2)),
        of("input added", 3, List.of(4), SQUARED, dense(4), new Add("input"), dense(2)));
  }

  private static List<Case> dropouts() {
    return List.of(
        of("dropout", 5, List.of(3), SQUARED, dense(33), new Dropout(0.5f), dense(2)),
        of(
            "dropout around a residual block",
            5,
            List.of(4),
            SQUARED,
            new Dropout(0.1f),
            named("a", dense(5, Activation.TANH)),
            new Dropout(0.3f),
            dense(5),
            new Add("a"),
            dense(2)));
  }

  private static List<Case> images() {
    List<Case> cases = new ArrayList<>();
    for (Activation f : EnumSet.complementOf(EnumSet.of(Activation.SOFTMAX))) {
      LayerSpec layer = conv2d(3, window(new Extent(3, 2), 1, new Padding.Same()), f);
      cases.add(of("conv2d " + f, 2, List.of(2, 3, 4), SQUARED, layer, flat(), dense(2)));
    }
    Window two = window(Extent.square(2), 2, Padding.valid());
    cases.add(
        of(
            "conv2d and pooling twice",
            2,
            List.of(1, 11, 13),
            new Loss.SoftmaxCrossEntropy(),
            conv2d(5, window(Extent.square(3), 1, Padding.valid()), Activation.RELU),
            new MaxPooling2d(two),
            new LocalResponseNormalization(3, 1, 0.75f, 1),
            conv2d(4, window(Extent.square(2), 1, new Padding.Same()), Activation.TANH),
            new AveragePooling2d(two),
            flat(),
            dense(3)));
    cases.add(
        of(
            "residual block of images",
            5,
            List.of(2, 4, 3),
            SQUARED,
            named("a", conv2d(3, window(Extent.square(3), 1, new Padding.Same()), Activation.TANH)),
            new BatchNormalization(0.9f, 0.1f),
            activation(Activation.SIGMOID),
            conv2d(3, window(Extent.square(3), 1, new Padding.Same()), Activation.LINEAR),
            new BatchNormalization(0.9f, 0.1f),
            new Add("a"),
            new GlobalAveragePooling(),
            dense(2)));
    return cases;
  }

  private static List<Case> sequences() {
    List<Case> cases = new ArrayList<>();
    for (boolean all : List.of(false, true)) {
      LayerSpec flat = new Flatten();
      cases.add(of("lstm " + all, 3, List.of(5, 4), SQUARED, lstm(3, all), flat, dense(2)));
      cases.add(of("lstm of one " + all, 1, List.of(1, 1), SQUARED, lstm(1, all), flat));
      cases.add(of("gru " + all, 3, List.of(5, 4), SQUARED, gru(3, all), flat, dense(2)));
      cases.add(of("gru of one " + all, 1, List.of(1, 1), SQUARED, gru(1, all), flat));
    }
    cases.add(of("lstm twice", 2, List.of(3, 2), SQUARED, lstm(4, true), lstm(2, false)));
    cases.add(of("gru twice", 2, List.of(3, 2), SQUARED, gru(4, true), gru(2, false)));
    cases.add(of("normalization", 5, List.of(3), SQUARED, dense(7), normalization(), dense(2)));
    cases.add(
        of(
            "normalization over time",
            2,
            List.of(3, 4),
            SQUARED,
            dense(5),
            normalization(),
            dense(2, Activation.TANH),
            new GlobalAveragePooling()));
    cases.add(
        of("mean of an image", 2, List.of(3, 2, 5), SQUARED, new GlobalAveragePooling(), dense(2)));
    return cases;
  }

  private static List<Case> transformers() {
    List<Case> cases = new ArrayList<>();
    for (boolean causal : List.of(false, true)) {
      String title = causal ? " causal" : "";
      cases.add(
          of(
              "attention" + title,
              2,
              List.of(5, 3),
              SQUARED,
              dense(6, Activation.TANH),
              attention(2, causal),
              new GlobalAveragePooling()));
      cases.add(
          of(
              "attention, as many heads as features" + title,
              1,
              List.of(4, 3),
              SQUARED,
              attention(3, causal),
              new Flatten()));
      cases.add(
          of(
              "transformer's block" + title,
              3,
              List.of(4),
              new Loss.SoftmaxCrossEntropy(),
              new Embedding(6, 4, Initializer.ZEROS),
              named("a", new PositionalEmbedding(Initializer.ZEROS)),
              normalization(),
              attention(2, causal),
              named("b", new Add("a")),
              normalization(),
              dense(8, Activation.GELU),
              dense(4),
              new Add("b"),
              new GlobalAveragePooling(),
              dense(3)));
    }
    cases.add(
        of(
            "one number embedded",
            1,
            List.of(1),
            SQUARED,
            new Embedding(1, 1, Initializer.ZEROS),
            new PositionalEmbedding(Initializer.ZEROS),
            attention(1, false),
            new Flatten()));
    return cases;
  }

  private static LayerSpec conv2d(int filters, Window window, Activation activation) {
    return new Conv2d(filters, window, activation, Initializer.ZEROS);
  }

  private static Window window(Extent kernel, int stride, Padding padding) {
    return new Window(kernel, Extent.square(stride), padding);
  }

  private static LayerSpec lstm(int units, boolean sequences) {
    return new Lstm(units, sequences, Initializer.ZEROS);
  }

  private static LayerSpec gru(int units, boolean sequences) {
    return new Gru(units, sequences, Initializer.ZEROS);
  }

  private static LayerSpec normalization() {
    return new LayerNormalization(0.1f);
  }

  private static LayerSpec attention(int heads, boolean causal) {
    return new MultiHeadAttention(heads, causal, Initializer.ZEROS);
  }

  private static Case of(
      String title, int examples, List<Integer> input, Loss loss, LayerSpec... layers) {
    return new Case(title, new NetworkSpec(input, List.of(layers), loss), examples);
  }

  private static LayerSpec dense(int units) {
    return dense(units, Activation.LINEAR);
  }

  private static LayerSpec dense(int units, Activation activation) {
    return new Dense(units, activation, Initializer.GLOROT_UNIFORM);
  }

  private static LayerSpec activation(Activation function) {
    return new ActivationLayer(function);
  }

  private static LayerSpec flat() {
    return new Flatten();
  }

  private static LayerSpec named(String name, LayerSpec layer) {
    return new Named(name, null, layer);
  }
}
