package dev.drey.core.layer;

/** What a window of pooling must be: every place of it holds at least one value of the image. */
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
}
