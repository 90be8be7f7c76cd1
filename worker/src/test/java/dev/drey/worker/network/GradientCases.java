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
import dev.drey.core.layer.PositionalEmbedding;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Small networks at odd shapes, whose gradients are compared with central differences: every kind
 * of layer, every activation wherever one can be, and every loss. {@link CentralDifferenceTest}
 * fails for a kind without a case.
 */
final class GradientCases {

  /**
   * What no worker computes yet. Whoever adds a kind takes it out here, adds its cases to {@link
   * #all}, and has its golden gradients checked from then on.
   */
  static final Set<Class<? extends LayerSpec>> PENDING =
      Set.of(
          AveragePooling2d.class,
          BatchNormalization.class,
          Conv2d.class,
          Embedding.class,
          GlobalAveragePooling.class,
          Gru.class,
          LayerNormalization.class,
          LocalResponseNormalization.class,
          Lstm.class,
          MaxPooling2d.class,
          MultiHeadAttention.class,
          PositionalEmbedding.class);

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
    return Stream.of(losses(), activations(), residuals(), dropouts()).flatMap(List::stream);
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
