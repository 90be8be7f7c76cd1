package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;

/**
 * A kernel that slides over an image.
 *
 * @param kernel its size, at least 1 x 1
 * @param stride the distance of its positions, at least 1 x 1
 * @param padding around the image
 * @param dilation the distance of its elements, at least 1 x 1
 */
public record Window(
    @JsonProperty(value = "kernel", required = true) Extent kernel,
    @JsonProperty(value = "stride", required = true) Extent stride,
    @JsonProperty(value = "padding", required = true) Padding padding,
    @JsonProperty(value = "dilation", required = true) Extent dilation)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public Window {
    check("kernel", kernel);
    check("stride", stride);
    check("dilation", dilation);
  }

  private static void check(String what, Extent extent) {
    if (extent.height() < 1 || extent.width() < 1) {
      throw new IllegalArgumentException(what + " is " + extent + ", must be at least 1x1");
    }
  }

  /** A window whose elements lie side by side. */
  public Window(Extent kernel, Extent stride, Padding padding) {
    this(kernel, stride, padding, Extent.ONE);
  }

  /**
   * Zeros around an image.
   *
   * @param top at least 0
   * @param left at least 0
   * @param bottom at least 0
   * @param right at least 0
   */
  public record Border(int top, int left, int bottom, int right) {}

  /** The zeros around an image of this shape. */
  public Border border(List<Integer> image) {
    return padding.border(this, image);
  }

  /** How much of an image a kernel covers. */
  static int reach(int kernel, int dilation) {
    return (kernel - 1) * dilation + 1;
  }

  /**
   * How many positions the window has.
   *
   * @param layer named in the error message
   * @throws IllegalArgumentException if it does not fit the padded image
   */
  Extent outputs(String layer, List<Integer> image) {
    Border border = border(image);
    int height = image.get(1) + border.top() + border.bottom();
    int width = image.get(2) + border.left() + border.right();
    int reachHeight = reach(kernel.height(), dilation.height());
    int reachWidth = reach(kernel.width(), dilation.width());
    Shapes.require(
        reachHeight <= height && reachWidth <= width,
        layer,
        image,
        "with padding %dx%d, which is smaller than its window of %dx%d"
            .formatted(height, width, reachHeight, reachWidth));
    return new Extent(
        (height - reachHeight) / stride.height() + 1, (width - reachWidth) / stride.width() + 1);
  }
}
