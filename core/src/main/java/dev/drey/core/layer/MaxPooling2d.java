package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * y[c, i, j] = the largest value of channel c under the window at (i, j); padding is never the
 * largest. The first of equal values gets the gradient.
 *
 * @param window smaller padding than kernel, no dilation
 */
public record MaxPooling2d(@JsonProperty(value = "window", required = true) Window window)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public MaxPooling2d {
    PoolingWindow.check("max-pooling2d", window);
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    return PoolingWindow.outputShape("max-pooling2d", window, inputShape);
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return PoolingWindow.flops(window, outputShape(inputShape));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.maxPooling2d(this);
  }
}
