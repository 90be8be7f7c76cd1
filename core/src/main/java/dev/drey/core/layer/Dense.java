package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;

/**
 * y = activation(x W + b) over the last dimension, x: [n] or [time, n], W: [n, units], b: [units].
 *
 * @param units number of outputs, at least 1
 * @param activation default linear
 * @param initializer of W, default glorot-uniform
 */
public record Dense(
    @JsonProperty(value = "units", required = true) int units,
    @JsonProperty("activation") @JsonSetter(nulls = Nulls.SET) Activation activation,
    @JsonProperty("initializer") @JsonSetter(nulls = Nulls.SET) Initializer initializer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("ConstantValue") // Jackson passes null for what the text leaves out
  public Dense {
    Shapes.atLeastOne("dense", "units", units);
    activation = activation == null ? Activation.LINEAR : activation;
    initializer = initializer == null ? Initializer.GLOROT_UNIFORM : initializer;
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.require(
        inputShape.size() < 3,
        "dense",
        inputShape,
        "must be [features] or [time, features]; put flatten before it");
    return Shapes.withFeatures(inputShape, units);
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    int inputs = Shapes.features(inputShape);
    return List.of(
        new Tensor.Trained("kernel", List.of(inputs, units), initializer, new Fans(inputs, units)),
        new Tensor.Trained("bias", List.of(units), Initializer.ZEROS));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return 2 * Shapes.size(inputShape) * units + 2 * Shapes.size(outputShape(inputShape));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.dense(this);
  }
}
