package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * y = scale (x - mean) / sqrt(variance + epsilon) + offset, with mean and (population) variance
 * over the last dimension of each example. Ba, Kiros and Hinton (2016), equation 4.
 *
 * @param epsilon above 0
 */
public record LayerNormalization(@JsonProperty(value = "epsilon", required = true) float epsilon)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public LayerNormalization {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          "layer-normalization: epsilon is " + epsilon + ", must be above 0");
    }
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.requireFeatures("layer-normalization", inputShape);
    return inputShape;
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    List<Integer> shape = List.of(Shapes.features(inputShape));
    return List.of(
        new Tensor.Trained("scale", shape, Initializer.ONES),
        new Tensor.Trained("offset", shape, Initializer.ZEROS));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return 8 * Shapes.size(inputShape);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.layerNormalization(this);
  }
}
