package dev.drey.worker.layer;

import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Window;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * NaN among the values under a window, which oneDNN's max pooling passes over, and which must not
 * get lost.
 */
final class NanPooling {

  private final INDArray input;
  private final FloatBuffer values;
  private final FloatBuffer output;
  private final Window window;
  private final Window.Border border;
  private final int channels;
  private final Extent image;
  private final Extent places;

  /** For a layer over images with channels last. */
  NanPooling(Window window, Site site, INDArray output) {
    input = site.input().values();
    values = HostMemory.of(input);
    this.output = HostMemory.of(output);
    this.window = window;
    List<Integer> shape = site.node().inputShape();
    border = window.border(shape);
    channels = shape.get(0);
    image = new Extent(shape.get(1), shape.get(2));
    places = new Extent(site.node().outputShape().get(1), site.node().outputShape().get(2));
  }

  /** Sets the outputs to NaN whose windows have one; reads the input once if there is none. */
  void spread() {
    FloatPointer memory = (FloatPointer) input.data().addressPointer();
    float squares = openblas.cblas_sdot(values.capacity(), memory, 1, memory, 1);
    if (!Float.isNaN(squares)) { // infinity does not make NaN of a sum of squares
      return;
    }
    int area = image.height() * image.width();
    for (int i = 0; i < values.capacity(); i++) {
      if (Float.isNaN(values.get(i))) {
        int place = i / channels;
        spread(place / area, place % area / image.width(), place % image.width(), i % channels);
      }
    }
  }

  private void spread(int example, int row, int column, int channel) {
    for (int y = 0; y < places.height(); y++) {
      int down = row + border.top() - y * window.stride().height();
      for (int x = 0; x < places.width(); x++) {
        int right = column + border.left() - x * window.stride().width();
        if (down >= 0
            && down < window.kernel().height()
            && right >= 0
            && right < window.kernel().width()) {
          int place = (example * places.height() + y) * places.width() + x;
          output.put(place * channels + channel, Float.NaN);
        }
      }
    }
  }
}
