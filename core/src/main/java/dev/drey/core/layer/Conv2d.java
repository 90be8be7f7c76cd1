package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;

/**
 * y = activation(x * K + b), the cross-correlation of an image x: [channels, height, width] with K:
 * [filters, channels, kernel height, kernel width], b: [filters].
 *
 * @param filters number of outputs per place, at least 1
 * @param window where the kernel stands
 * @param activation elementwise
 * @param initializer of K
 */
public record Conv2d(
    @JsonProperty(value = "filters", required = true) int filters,
    @JsonProperty(value = "window", required = true) Window window,
    @JsonProperty(value = "activation", required = true) Activation activation,
    @JsonProperty(value = "initializer", required = true) Initializer initializer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public Conv2d {
    Shapes.atLeastOne("conv2d", "filters", filters);
    if (activation == Activation.SOFTMAX) {
      throw new IllegalArgumentException(
          "conv2d: activation is softmax, must be one that works on each value");
    }
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.requireImage("conv2d", inputShape);
    Extent outputs = window.outputs("conv2d", inputShape);
    return List.of(filters, outputs.height(), outputs.width());
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    int area = Math.multiplyExact(window.kernel().height(), window.kernel().width());
    int channels = inputShape.get(0);
    return List.of(
        new Tensor.Trained(
            "kernel",
            List.of(filters, channels, window.kernel().height(), window.kernel().width()),
            initializer,
            new Fans(Math.multiplyExact(channels, area), Math.multiplyExact(filters, area))),
        new Tensor.Trained("bias", List.of(filters), Initializer.ZEROS));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    long area = (long) window.kernel().height() * window.kernel().width();
    return Shapes.size(outputShape(inputShape)) * (2 * inputShape.get(0) * area + 2);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.conv2d(this);
  }
}
