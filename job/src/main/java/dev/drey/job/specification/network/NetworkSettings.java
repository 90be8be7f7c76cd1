package dev.drey.job.specification.network;

import dev.drey.core.layer.LayerSpec;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The network to train.
 *
 * @param input the shape of one example; empty for the shape that the data have
 * @param layers from input to output, at least one
 * @param loss over the last layer's outputs
 * @param initFrom absolute path of the weights to start from; empty for random ones
 */
public record NetworkSettings(
    Optional<List<Integer>> input, List<LayerSpec> layers, Loss loss, Optional<Path> initFrom) {

  /** A loss that accepts any number of outputs: with it, every misfit is one of the layers. */
  private static final Loss ANY_OUTPUTS = new Loss.HalfSquaredError();

  static final Key<NetworkSettings, Optional<List<Integer>>> INPUT =
      Key.of(
              "input",
              new Maybe<>(new ListOf<>("sizes", LayerKeys.SIZE)),
              NetworkSettings::input,
              "shape of one example, without the batch: `[784]`; an image is `[channels, height,"
                  + " width]`, a sequence `[time, features]`, or `[time]` before an embedding")
          .orElse(Optional.empty(), "as wide as the data");

  static final Key<NetworkSettings, List<LayerSpec>> LAYERS =
      Key.of(
          "layers",
          new ListOf<>("layers", Layers.TYPE),
          NetworkSettings::layers,
          "from input to output, each under its kind: `- dense: {units: 512, activation: relu}`;"
              + " the last one's output has one dimension");

  static final Key<NetworkSettings, Loss> LOSS =
      Key.of(
              "loss",
              Losses.TYPE,
              NetworkSettings::loss,
              "of one example; softmax-cross-entropy takes a class number as label, the others as"
                  + " many values as there are outputs, which are 0 or 1 for binary-cross-entropy")
          .orElse(new Loss.SoftmaxCrossEntropy(), "softmax-cross-entropy");

  /**
   * Reading does not check that the file exists: only a new run needs it, a resumed one does not.
   */
  static final Key<NetworkSettings, Optional<Path>> INIT_FROM =
      Key.of(
              "init-from",
              new Maybe<>(Paths.any()),
              NetworkSettings::initFrom,
              "weights to start from: the directory of an earlier run, an `.npz` file or an `.onnx`"
                  + " file, of the same shapes ([how to write one](weights.md))")
          .orElse(Optional.empty(), "random weights, as the layers say");

  public static final Section<NetworkSettings> SECTION =
      new Section<NetworkSettings>(
              List.of(INPUT, LAYERS, LOSS, INIT_FROM),
              values ->
                  new NetworkSettings(
                      values.get(INPUT),
                      values.get(LAYERS),
                      values.get(LOSS),
                      values.get(INIT_FROM)))
          .check(NetworkSettings::checkShapes);

  public NetworkSettings {
    layers = List.copyOf(layers);
  }

  /** With an input of the given shape. */
  public NetworkSettings ofInput(List<Integer> shape) {
    return new NetworkSettings(Optional.of(shape), layers, loss, initFrom);
  }

  /** Whether the network's inputs are indices into an embedding. */
  public static boolean embeds(Reading reading) {
    return reading.value(LAYERS).stream()
        .flatMap(List::stream)
        .anyMatch(layer -> layer.inputVocabulary().isPresent());
  }

  private static void checkShapes(Reading reading) {
    Optional<List<Integer>> input = reading.value(INPUT).flatMap(shape -> shape);
    Optional<List<LayerSpec>> layers = reading.value(LAYERS);
    Optional<Loss> loss = reading.value(LOSS);
    if (input.isPresent() && layers.isPresent()) {
      Optional<String> misfit = misfit(input.get(), layers.get(), ANY_OUTPUTS);
      misfit.ifPresent(problem -> reading.fault(LAYERS, problem));
      if (misfit.isEmpty() && loss.isPresent()) {
        misfit(input.get(), layers.get(), loss.get())
            .ifPresent(problem -> reading.fault(LOSS, problem));
      }
    }
  }

  private static Optional<String> misfit(List<Integer> input, List<LayerSpec> layers, Loss loss) {
    try {
      new NetworkSpec(input, layers, loss);
      return Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      String problem = String.valueOf(e.getMessage());
      boolean flat = input.size() == 1 && problem.contains("input shape is " + input + ", must be");
      return Optional.of(flat ? problem + "; " + shapeAdvice(input.get(0)) : problem);
    }
  }

  /** What to write if a layer needs images or sequences, and examples are flat. */
  private static String shapeAdvice(int width) {
    StringBuilder advice = new StringBuilder("say in network.input how the ");
    advice.append(width).append(" values of an example lie");
    for (int channels : List.of(1, 3)) {
      int side = (int) Math.round(Math.sqrt((double) width / channels));
      if (side > 1 && (long) channels * side * side == width) {
        return advice.append(", as [%d, %d, %d]".formatted(channels, side, side)).toString();
      }
    }
    return advice.toString();
  }

  /**
   * The network for examples of some shape, unless the specification gives one itself.
   *
   * @throws SpecificationException if a layer does not fit its input, or the loss the outputs
   */
  public NetworkSpec bind(List<Integer> shapeOfData) throws SpecificationException {
    List<Integer> shape = input.orElse(shapeOfData);
    Optional<String> misfit = misfit(shape, layers, ANY_OUTPUTS);
    if (misfit.isPresent()) {
      throw new SpecificationException(List.of(Fault.of("network.layers", misfit.get())));
    }
    Optional<String> lossMisfit = misfit(shape, layers, loss);
    if (lossMisfit.isPresent()) {
      throw new SpecificationException(List.of(Fault.of("network.loss", lossMisfit.get())));
    }
    return new NetworkSpec(shape, layers, loss);
  }
}
