package dev.drey.core.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serializable;
import java.util.List;

/**
 * One layer, as a user writes it: {@code dense: {units: 512, activation: relu}}. It knows its
 * output shape and its tensors; the mathematics is the worker's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({@JsonSubTypes.Type(name = "dense", value = LayerSpec.Dense.class)})
public sealed interface LayerSpec extends Serializable {

  /**
   * The shape of one example after this layer.
   *
   * @throws IllegalArgumentException if the layer cannot take an input of this shape
   */
  List<Integer> outputShape(List<Integer> inputShape);

  /** The layer's tensors in the order they have in the flat vector. */
  List<Tensor> tensors(List<Integer> inputShape);

  /** A tensor that has no place yet. */
  record Tensor(String role, List<Integer> shape, Initializer initializer) {}

  /**
   * y = activation(x W + b), x: [n], W: [n, units], b: [units].
   *
   * @param units number of outputs, at least 1
   * @param activation default linear
   * @param initializer of W, default glorot-uniform
   */
  record Dense(
      @JsonProperty(value = "units", required = true) int units,
      @JsonProperty("activation") @JsonSetter(nulls = Nulls.SET) Activation activation,
      @JsonProperty("initializer") @JsonSetter(nulls = Nulls.SET) Initializer initializer)
      implements LayerSpec {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the text leaves out
    public Dense {
      if (units < 1) {
        throw new IllegalArgumentException("dense: units is " + units + ", must be at least 1");
      }
      activation = activation == null ? Activation.LINEAR : activation;
      initializer = initializer == null ? Initializer.GLOROT_UNIFORM : initializer;
    }

    @Override
    public List<Integer> outputShape(List<Integer> inputShape) {
      if (inputShape.size() != 1) {
        throw new IllegalArgumentException(
            "dense: input shape is " + inputShape + ", must have one dimension");
      }
      return List.of(units);
    }

    @Override
    public List<Tensor> tensors(List<Integer> inputShape) {
      int inputs = inputShape.get(0);
      return List.of(
          new Tensor("kernel", List.of(inputs, units), initializer),
          new Tensor("bias", List.of(units), Initializer.ZEROS));
    }
  }
}
