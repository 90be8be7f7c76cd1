package dev.drey.core.layer;

import java.util.List;

/**
 * What pooling layers have in common. Their window covers at least one value of the image at every
 * position.
 */
final class PoolingWindow {

  private PoolingWindow() {}

  static void check(String layer, Window window) {
    if (!window.dilation().equals(Extent.ONE)) {
      throw new IllegalArgumentException(
          layer + ": dilation is " + window.dilation() + ", must be 1x1");
    }
    Extent kernel = window.kernel();
    if (window.padding() instanceof Padding.Fixed fixed
        && (fixed.extent().height() >= kernel.height()
            || fixed.extent().width() >= kernel.width())) {
      throw new IllegalArgumentException(
          layer
              + ": padding is "
              + fixed.extent()
              + ", must be smaller than the kernel, "
              + kernel);
    }
  }

  static List<Integer> outputShape(String layer, Window window, List<Integer> inputShape) {
    Shapes.requireImage(layer, inputShape);
    Extent outputs = window.outputs(layer, inputShape);
    return List.of(inputShape.get(0), outputs.height(), outputs.width());
  }

  /** One operation for each value under each place of the window. */
  static long flops(Window window, List<Integer> outputShape) {
    return Shapes.size(outputShape) * window.kernel().height() * window.kernel().width();
  }
}
