package dev.drey.core.layer;

import java.util.List;

/**
 * The mean over all places: an image [channels, height, width] becomes [channels], a sequence
 * [time, features] becomes [features].
 */
public record GlobalAveragePooling() implements LayerSpec {

  private static final long serialVersionUID = 1L;

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.require(
        inputShape.size() > 1,
        "global-average-pooling",
        inputShape,
        "must be [channels, height, width] or [time, features]");
    return List.of(inputShape.get(inputShape.size() == 3 ? 0 : 1));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return Shapes.size(inputShape);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.globalAveragePooling(this);
  }
}
