package dev.drey.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.layer.Window.Border;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  private static final Padding.Same SAME = new Padding.Same();

  @Test
  void aWindowWithoutPaddingStaysInside() {
    Window window = new Window(Extent.square(5), Extent.ONE, Padding.valid());

    assertThat(window.outputs("conv2d", List.of(3, 28, 30))).isEqualTo(new Extent(24, 26));
    assertThat(window.border(List.of(3, 28, 30))).isEqualTo(new Border(0, 0, 0, 0));
  }

  /** Output and border of TensorFlow's "SAME". */
  @ParameterizedTest
  @CsvSource({
    "24, 5, 1, 1, 24, 2, 2",
    "24, 3, 2, 1, 12, 0, 1",
    "7, 3, 2, 1, 4, 1, 1",
    "5, 2, 3, 1, 2, 0, 0",
    "9, 3, 1, 2, 9, 2, 2",
    "1, 4, 4, 1, 1, 1, 2",
  })
  void samePaddingGivesOneOutputPerStride(
      int size, int kernel, int stride, int dilation, int outputs, int before, int after) {
    Window window =
        new Window(new Extent(kernel, 1), new Extent(stride, 1), SAME, new Extent(dilation, 1));
    List<Integer> image = List.of(1, size, 6);

    assertThat(window.outputs("conv2d", image)).isEqualTo(new Extent(outputs, 6));
    assertThat(window.border(image)).isEqualTo(new Border(before, 0, after, 0));
  }

  @Test
  void fixedPaddingLiesOnBothSides() {
    Window window =
        new Window(Extent.square(3), Extent.square(2), new Padding.Fixed(new Extent(1, 2)));

    assertThat(window.outputs("conv2d", List.of(1, 6, 6))).isEqualTo(new Extent(3, 4));
    assertThat(window.border(List.of(1, 6, 6))).isEqualTo(new Border(1, 2, 1, 2));
  }

  @Test
  void aWindowLargerThanTheImageIsRefused() {
    Window window =
        new Window(
            new Extent(3, 1), Extent.ONE, new Padding.Fixed(new Extent(1, 0)), Extent.square(4));

    assertThatThrownBy(() -> window.outputs("conv2d", List.of(2, 6, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "conv2d: input shape is [2, 6, 5], with padding 8x5, which is smaller than its window"
                + " of 9x1");
  }

  @Test
  void sizesOfZeroAreRefused() {
    assertThatThrownBy(() -> new Window(new Extent(0, 1), Extent.ONE, SAME))
        .hasMessage("kernel is 0x1, must be at least 1x1");
    assertThatThrownBy(() -> new Window(Extent.ONE, new Extent(1, 0), SAME))
        .hasMessage("stride is 1x0, must be at least 1x1");
    assertThatThrownBy(() -> new Window(Extent.ONE, Extent.ONE, SAME, new Extent(0, 0)))
        .hasMessage("dilation is 0x0, must be at least 1x1");
    assertThatThrownBy(() -> new Extent(-1, 2))
        .hasMessage("extent is [-1, 2], must be from 0 to 32767");
  }
}
