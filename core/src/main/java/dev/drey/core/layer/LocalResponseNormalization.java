package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * y[c] = x[c] / (k + alpha / size * sum of x[j]^2)^beta, the sum over the size channels j around c,
 * at the same place. Krizhevsky et al. (2012), section 3.3, with alpha divided by size as PyTorch
 * and ONNX have it.
 *
 * @param size how many channels are summed, at least 1; of an even number the larger half lies
 *     below c
 * @param alpha at least 0
 * @param beta at least 0
 * @param k above 0
 */
public record LocalResponseNormalization(
    @JsonProperty(value = "size", required = true) int size,
    @JsonProperty(value = "alpha", required = true) float alpha,
    @JsonProperty(value = "beta", required = true) float beta,
    @JsonProperty(value = "k", required = true) float k)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public LocalResponseNormalization {
    Shapes.atLeastOne("local-response-normalization", "size", size);
    if (!(k > 0)) { // so that nothing is divided by zero
      throw new IllegalArgumentException(
          "local-response-normalization: k is " + k + ", must be above 0");
    }
    if (!(alpha >= 0) || !(beta >= 0)) {
      throw new IllegalArgumentException(
          "local-response-normalization: alpha is "
              + alpha
              + " and beta is "
              + beta
              + ", must be at least 0");
    }
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.requireImage("local-response-normalization", inputShape);
    return inputShape;
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return Shapes.size(inputShape) * (2L * size + 3);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.localResponseNormalization(this);
  }
}
