package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;

/**
 * y = x + P for a sequence x: [time, features], with P of the same shape and trained: where in the
 * sequence a value stands. Gehring et al. (2017), section 3.1.
 *
 * @param initializer of P
 */
public record PositionalEmbedding(
    @JsonProperty(value = "initializer", required = true) Initializer initializer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.requireSequence("positional-embedding", inputShape);
    return inputShape;
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    return List.of(
        new Tensor.Trained(
            "table", inputShape, initializer, new Fans(inputShape.get(0), inputShape.get(1))));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return Shapes.size(inputShape);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.positionalEmbedding(this);
  }
}
