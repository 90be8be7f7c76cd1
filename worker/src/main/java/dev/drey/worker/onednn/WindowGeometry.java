package dev.drey.worker.onednn;

import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Window;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;

/**
 * Kernel size, strides, dilation and padding of a sliding window in oneDNN's conventions: height
 * first, and dilation 0 for a dense kernel.
 */
final class WindowGeometry {

  final LongPointer kernel;
  final LongPointer strides;
  final LongPointer dilation;
  final LongPointer before;
  final LongPointer after;

  WindowGeometry(Engine engine, Window window, List<Integer> image) {
    Window.Border border = window.border(image);
    kernel = pair(engine, window.kernel());
    strides = pair(engine, window.stride());
    dilation = pair(engine, window.dilation().height() - 1, window.dilation().width() - 1);
    before = pair(engine, border.top(), border.left());
    after = pair(engine, border.bottom(), border.right());
  }

  private static LongPointer pair(Engine engine, Extent extent) {
    return pair(engine, extent.height(), extent.width());
  }

  private static LongPointer pair(Engine engine, long height, long width) {
    engine.handle(); // loads the library
    LongPointer pair = new LongPointer(height, width);
    engine.own(pair::close);
    return pair;
  }
}
