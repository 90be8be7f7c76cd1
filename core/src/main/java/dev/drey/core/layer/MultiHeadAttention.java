package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;

/**
 * Self-attention over a sequence x: [time, features]. [q, k, v] = x W + b with W: [features, 3
 * features]; each of the heads takes its share of the features of q, k and v and gives softmax(q k'
 * / sqrt(features / heads)) v; y = their concatenation times V: [features, features], plus c.
 * Vaswani et al. (2017), equation 1 and section 3.2.2.
 *
 * @param heads at least 1, a divisor of the features
 * @param causal whether no place sees a later one
 * @param initializer of W and V
 */
public record MultiHeadAttention(
    @JsonProperty(value = "heads", required = true) int heads,
    @JsonProperty(value = "causal", required = true) boolean causal,
    @JsonProperty(value = "initializer", required = true) Initializer initializer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public MultiHeadAttention {
    Shapes.atLeastOne("multi-head-attention", "heads", heads);
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.requireSequence("multi-head-attention", inputShape);
    Shapes.require(
        inputShape.get(1) % heads == 0,
        "multi-head-attention",
        inputShape,
        "its features must be a multiple of heads, " + heads);
    return inputShape;
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    int features = inputShape.get(1);
    int joint = Math.multiplyExact(3, features);
    return List.of(
        new Tensor.Trained(
            "kernel", List.of(features, joint), initializer, new Fans(features, features)),
        new Tensor.Trained("bias", List.of(joint), Initializer.ZEROS),
        new Tensor.Trained(
            "output-kernel",
            List.of(features, features),
            initializer,
            new Fans(features, features)),
        new Tensor.Trained("output-bias", List.of(features), Initializer.ZEROS));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    long time = inputShape.get(0);
    long features = inputShape.get(1);
    return time * (8 * features * features + 4 * features)
        + 4 * time * time * features
        + 5 * time * time * heads;
  }

  @Override
  public long workingFloats(List<Integer> inputShape) {
    long time = inputShape.get(0);
    return 8 * time * inputShape.get(1) + heads * time * time;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.multiHeadAttention(this);
  }
}
