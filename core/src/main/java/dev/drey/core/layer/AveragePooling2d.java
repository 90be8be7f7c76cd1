package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * y[c, i, j] = the mean of the values of channel c under the window at (i, j); padding does not
 * count.
 *
 * @param window smaller padding than kernel, no dilation
 */
public record AveragePooling2d(@JsonProperty(value = "window", required = true) Window window)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public AveragePooling2d {
    PoolingWindow.check("average-pooling2d", window);
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    return PoolingWindow.outputShape("average-pooling2d", window, inputShape);
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return PoolingWindow.flops(window, outputShape(inputShape));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.averagePooling2d(this);
  }
}
