package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * y = x r / (1 - rate) while training, each r 0 with probability rate and else 1; y = x otherwise.
 * The same request draws the same r. Srivastava et al. (2014).
 *
 * @param rate in [0, 1)
 */
public record Dropout(@JsonProperty(value = "rate", required = true) float rate)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout: rate is " + rate + ", must be in [0, 1)");
    }
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    return inputShape;
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return 2 * Shapes.size(inputShape);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.dropout(this);
  }
}
