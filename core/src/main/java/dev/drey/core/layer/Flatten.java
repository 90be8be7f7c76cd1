package dev.drey.core.layer;

import java.util.List;

/** All values in one dimension, in C order. */
public record Flatten() implements LayerSpec {

  private static final long serialVersionUID = 1L;

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    return List.of(Math.toIntExact(Shapes.size(inputShape)));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return 0;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.flatten(this);
  }
}
