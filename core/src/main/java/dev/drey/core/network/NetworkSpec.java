package dev.drey.core.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.parameters.Range;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network: a sequence of layers from an input shape to a loss. Its parameters are one flat
 * vector: the tensors of the first layer, then of the second, and so on.
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
    List<Integer> shape = input;
    long size = 0;
    for (int i = 0; i < layers.size(); i++) {
      try {
        List<Integer> output = layers.get(i).outputShape(shape);
        for (LayerSpec.Tensor tensor : layers.get(i).tensors(shape)) {
          size += tensor.shape().stream().mapToLong(d -> d).reduce(1, Math::multiplyExact);
          if (size > MAX_PARAMETERS) {
            throw new IllegalArgumentException(
                "the network has " + size + " parameters, at most " + MAX_PARAMETERS);
          }
        }
        shape = output;
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException("layer " + i + ": " + e.getMessage(), e);
      }
    }
    if (shape.size() != 1) {
      throw new IllegalArgumentException(
          "the last layer's output shape is " + shape + ", must have one dimension");
    }
  }

  /** A flat vector is one Java array, and its bytes must fit another. */
  public static final int MAX_PARAMETERS = Integer.MAX_VALUE / Float.BYTES - 16;

  /** The shapes of one example: before the first layer, and after each layer. */
  public List<List<Integer>> shapes() {
    List<List<Integer>> shapes = new ArrayList<>();
    shapes.add(input);
    for (LayerSpec layer : layers) {
      shapes.add(layer.outputShape(shapes.get(shapes.size() - 1)));
    }
    return List.copyOf(shapes);
  }

  /** Every tensor with its place in the flat vector, in the vector's order. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    List<List<Integer>> shapes = shapes();
    int from = 0;
    for (int i = 0; i < layers.size(); i++) {
      for (LayerSpec.Tensor tensor : layers.get(i).tensors(shapes.get(i))) {
        int size = tensor.shape().stream().mapToInt(d -> d).reduce(1, (a, b) -> a * b);
        tensors.add(
            new TensorSpec(
                i + "." + tensor.role(),
                tensor.shape(),
                new Range(from, from + size),
                tensor.initializer()));
        from += size;
      }
    }
    return List.copyOf(tensors);
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
    for (TensorSpec tensor : tensors()) {
      SplittableRandom random = root.split();
      int fanOut = tensor.shape().get(tensor.shape().size() - 1);
      int fanIn = tensor.range().length() / fanOut;
      for (int i = tensor.range().from(); i < tensor.range().to(); i++) {
        parameters[i] = tensor.initializer().draw(random, fanIn, fanOut);
      }
    }
    return parameters;
  }
}
