package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * y = scale (x - mean) / sqrt(variance + epsilon) + offset for each channel of an image, or each
 * feature, with mean and variance over the examples (and places) of a worker's mini-batch while
 * training. Predictions use running statistics: averages over the slots and steps, of the variance
 * with n / (n - 1). Ioffe and Szegedy (2015), algorithms 1 and 2.
 *
 * @param momentum the share of the running statistics that a step keeps, in [0, 1)
 * @param epsilon above 0
 */
public record BatchNormalization(
    @JsonProperty(value = "momentum", required = true) float momentum,
    @JsonProperty(value = "epsilon", required = true) float epsilon)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public BatchNormalization {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "batch-normalization: momentum is " + momentum + ", must be in [0, 1)");
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          "batch-normalization: epsilon is " + epsilon + ", must be above 0");
    }
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    return inputShape;
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    List<Integer> shape =
        List.of(inputShape.size() == 3 ? inputShape.get(0) : Shapes.features(inputShape));
    return List.of(
        new Tensor.Trained("scale", shape, Initializer.ONES),
        new Tensor.Trained("offset", shape, Initializer.ZEROS),
        new Tensor.Statistic("mean", shape, Initializer.ZEROS, momentum),
        new Tensor.Statistic("variance", shape, Initializer.ONES, momentum));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return 8 * Shapes.size(inputShape);
  }

  @Override
  public boolean mixesExamples() {
    return true;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.batchNormalization(this);
  }
}
