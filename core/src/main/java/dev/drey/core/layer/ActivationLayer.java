package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * y = f(x), a layer of its own: after a normalisation, or an addition.
 *
 * @param function what it computes
 */
public record ActivationLayer(
    @JsonProperty(value = "function", required = true) Activation function) implements LayerSpec {

  private static final long serialVersionUID = 1L;

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.require(
        function != Activation.SOFTMAX || inputShape.size() < 3,
        "activation",
        inputShape,
        "softmax needs [features] or [time, features]");
    return inputShape;
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return function == Activation.LINEAR ? 0 : Shapes.size(inputShape);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.activation(this);
  }
}
