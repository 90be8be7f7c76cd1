package dev.drey.core.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Tensor;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A network: layers from an input shape to a loss, each reading from the one before unless it names
 * another. Its parameters are one flat vector: the tensors of the first layer, then of the second,
 * and so on.
 *
 * @param input the shape of one example, without the batch dimension
 * @param layers from input to output, at least one
 * @param loss over the last layer's outputs
 */
public record NetworkSpec(
    @JsonProperty(value = "input", required = true) List<Integer> input,
    @JsonProperty(value = "layers", required = true) List<LayerSpec> layers,
    @JsonProperty(value = "loss", required = true) Loss loss)
    implements Serializable {

  public NetworkSpec {
    input = List.copyOf(input);
    layers = List.copyOf(layers);
    if (input.isEmpty() || input.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(
          "input shape is " + input + ", must have dimensions of at least 1");
    }
    long width = 1;
    for (int dimension : input) {
      width *= dimension;
      if (width > MAX_PARAMETERS) {
        throw new IllegalArgumentException(
            "input shape is " + input + ", must have at most " + MAX_PARAMETERS + " values");
      }
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("the network has no layers, must have at least one");
    }
    List<Node> nodes = Graph.of(input, layers);
    List<Integer> outputs = nodes.get(nodes.size() - 1).outputShape();
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "the last layer's output shape is " + outputs + ", must have one dimension");
    }
    loss.checkOutputs(outputs.get(0));
  }

  /** A flat vector is one Java array, and its bytes must fit another. */
  public static final int MAX_PARAMETERS = Integer.MAX_VALUE / Float.BYTES - 16;

  /** The layers with what each reads, its shapes and its tensors, each after all that it reads. */
  public List<Node> nodes() {
    return Graph.of(input, layers);
  }

  /** The shapes of one example: before the first layer, and after each layer. */
  public List<List<Integer>> shapes() {
    return Stream.concat(Stream.of(input), nodes().stream().map(Node::outputShape)).toList();
  }

  /** Every tensor with its place in the flat vector, in the vector's order. */
  public List<TensorSpec> tensors() {
    return nodes().stream().flatMap(node -> node.tensors().stream()).toList();
  }

  /** The ranges of the flat vector that are averaged and not optimised, in its order. */
  public List<Statistic> statistics() {
    return tensors().stream()
        .filter(placed -> placed.tensor() instanceof Tensor.Statistic)
        .map(
            placed ->
                new Statistic(placed.range(), ((Tensor.Statistic) placed.tensor()).momentum()))
        .toList();
  }

  /**
   * What each value of the input has to be: a whole number in [0, vocabulary), if an embedding
   * reads it; empty if any finite number will do.
   */
  public OptionalInt vocabulary() {
    return nodes().stream().flatMapToInt(node -> node.layer().inputVocabulary().stream()).min();
  }

  /** The number of values of an array of some shape. */
  static long size(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Number of values in the flat parameter vector. */
  @JsonIgnore
  public int parameterCount() {
    List<TensorSpec> tensors = tensors();
    return tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).range().to();
  }

  /** Number of values of one example at the input. */
  @JsonIgnore
  public int inputWidth() {
    return input.stream().mapToInt(d -> d).reduce(1, Math::multiplyExact);
  }

  /** Number of outputs. */
  @JsonIgnore
  public int outputWidth() {
    List<List<Integer>> shapes = shapes();
    return shapes.get(shapes.size() - 1).get(0);
  }

  /** Number of label values of one example. */
  @JsonIgnore
  public int labelWidth() {
    return loss.labelWidth(outputWidth());
  }

  /**
   * The parameters a run starts from: the same bits for the same seed, everywhere. The caller owns
   * the array.
   */
  public float[] initialParameters(long seed) {
    float[] parameters = new float[parameterCount()];
    SplittableRandom root = new SplittableRandom(seed);
    for (TensorSpec placed : tensors()) {
      SplittableRandom random = root.split();
      Tensor tensor = placed.tensor();
      for (int i = 0; i < placed.range().length(); i++) {
        parameters[placed.range().from() + i] = tensor.start().draw(random, tensor.fans(), i);
      }
    }
    return parameters;
  }
}
