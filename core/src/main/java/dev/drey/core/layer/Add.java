package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * y = x + z, with z the output of an earlier layer of the same shape: a residual connection. He et
 * al. (2016), equation 1.
 *
 * @param addend the name of the layer whose output is z; "input" is the network's input
 */
public record Add(@JsonProperty(value = "addend", required = true) String addend)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    return inputShape;
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return Shapes.size(inputShape);
  }

  @Override
  public Optional<String> secondInput() {
    return Optional.of(addend);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.add(this);
  }
}
