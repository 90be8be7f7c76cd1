package dev.drey.job.spec;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.spec.key.Fault;
import dev.drey.job.spec.key.Key;
import dev.drey.job.spec.key.ListOf;
import dev.drey.job.spec.key.Maybe;
import dev.drey.job.spec.key.Numbers;
import dev.drey.job.spec.key.Reading;
import dev.drey.job.spec.key.Section;
import dev.drey.job.spec.key.SpecificationException;
import dev.drey.job.spec.key.Type;
import dev.drey.job.spec.key.Union;
import dev.drey.job.spec.key.Words;
import java.util.List;
import java.util.Optional;

/**
 * What is trained.
 *
 * @param input the shape of one example, or nothing for what the data have
 * @param layers from input to output, at least one
 * @param loss over the last layer's outputs
 */
public record NetworkSettings(Optional<List<Integer>> input, List<LayerSpec> layers, Loss loss) {

  private static final Type<Integer> SIZE = Numbers.whole(1, Integer.MAX_VALUE);

  static final Key<NetworkSettings, Optional<List<Integer>>> INPUT =
      Key.of(
              "input",
              new Maybe<>(new ListOf<>("sizes", SIZE)),
              NetworkSettings::input,
              "shape of one example, without the batch: `[784]`")
          .orElse(Optional.empty(), "as wide as the data");

  static final Key<NetworkSettings, List<LayerSpec>> LAYERS =
      Key.of(
          "layers",
          new ListOf<>("layers", layer()),
          NetworkSettings::layers,
          "from input to output, each under its kind: `- dense: {units: 512, activation: relu}`");

  static final Key<NetworkSettings, Loss> LOSS =
      Key.of(
              "loss",
              Losses.TYPE,
              NetworkSettings::loss,
              "of one example; softmax-cross-entropy takes a class number as label, the others as"
                  + " many values as there are outputs")
          .orElse(new Loss.SoftmaxCrossEntropy());

  static final Section<NetworkSettings> SECTION =
      new Section<NetworkSettings>(
              List.of(INPUT, LAYERS, LOSS),
              values ->
                  new NetworkSettings(values.get(INPUT), values.get(LAYERS), values.get(LOSS)))
          .check(NetworkSettings::checkShapes);

  public NetworkSettings {
    layers = List.copyOf(layers);
  }

  private static Type<LayerSpec> layer() {
    return new Union<>(List.of(new Union.Case<>("dense", Dense.class, dense())));
  }

  private static Section<Dense> dense() {
    Key<Dense, Integer> units = Key.of("units", SIZE, Dense::units, "number of outputs");
    Key<Dense, Activation> activation =
        Key.of(
                "activation",
                Words.of(Activation.class),
                Dense::activation,
                "function of each output")
            .orElse(Activation.LINEAR);
    Key<Dense, Initializer> initializer =
        Key.of(
                "initializer",
                Words.of(Initializer.class),
                Dense::initializer,
                "how the weights start; biases start at zero")
            .orElse(Initializer.GLOROT_UNIFORM);
    return new Section<>(
        List.of(units, activation, initializer),
        values -> new Dense(values.get(units), values.get(activation), values.get(initializer)));
  }

  private static void checkShapes(Reading reading) {
    reading
        .value(INPUT)
        .flatMap(input -> input)
        .ifPresent(
            input ->
                reading
                    .value(LAYERS)
                    .flatMap(layers -> misfit(input, layers))
                    .ifPresent(problem -> reading.fault(LAYERS, problem)));
  }

  private static Optional<String> misfit(List<Integer> input, List<LayerSpec> layers) {
    try {
      new NetworkSpec(input, layers, new Loss.SoftmaxCrossEntropy());
      return Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The network for examples of some shape, unless the specification gives one itself.
   *
   * @throws SpecificationException if a layer cannot take what the one before gives
   */
  public NetworkSpec bind(List<Integer> shapeOfData) throws SpecificationException {
    List<Integer> shape = input.orElse(shapeOfData);
    Optional<String> misfit = misfit(shape, layers);
    if (misfit.isPresent()) {
      throw new SpecificationException(List.of(Fault.of("network.layers", misfit.get())));
    }
    return new NetworkSpec(shape, layers, loss);
  }
}
