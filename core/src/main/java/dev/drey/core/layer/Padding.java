package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/** Zeros around an image, so that a window can reach over its border. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "same", value = Padding.Same.class),
  @JsonSubTypes.Type(name = "fixed", value = Padding.Fixed.class)
})
public sealed interface Padding extends Serializable {

  /** None: the window stays inside the image. */
  static Padding valid() {
    return new Fixed(new Extent(0, 0));
  }

  /** The zeros around an image, [channels, height, width], for a window. */
  Window.Border border(Window window, List<Integer> image);

  /** Applies the function for this kind of padding. */
  <R> R match(Function<Same, R> same, Function<Fixed, R> fixed);

  /**
   * As much as makes the output ceil(size / stride) long; of an odd number the larger half comes
   * last, as TensorFlow does it.
   */
  record Same() implements Padding {

    private static final long serialVersionUID = 1L;

    @Override
    public Window.Border border(Window window, List<Integer> image) {
      Extent kernel = window.kernel();
      Extent stride = window.stride();
      Extent dilation = window.dilation();
      int rows = total(image.get(1), kernel.height(), stride.height(), dilation.height());
      int columns = total(image.get(2), kernel.width(), stride.width(), dilation.width());
      return new Window.Border(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
    }

    private static int total(int size, int kernel, int stride, int dilation) {
      int outputs = -Math.floorDiv(-size, stride);
      return Math.max(0, (outputs - 1) * stride + Window.reach(kernel, dilation) - size);
    }

    @Override
    public <R> R match(Function<Same, R> same, Function<Fixed, R> fixed) {
      return same.apply(this);
    }
  }

  /**
   * The same number of zeros on opposite sides.
   *
   * @param extent the height is put above and below the image, the width left and right of it
   */
  record Fixed(@JsonProperty(value = "extent", required = true) Extent extent) implements Padding {

    private static final long serialVersionUID = 1L;

    @Override
    public Window.Border border(Window window, List<Integer> image) {
      return new Window.Border(extent.height(), extent.width(), extent.height(), extent.width());
    }

    @Override
    public <R> R match(Function<Same, R> same, Function<Fixed, R> fixed) {
      return fixed.apply(this);
    }
  }
}
