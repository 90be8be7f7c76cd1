package dev.drey.job.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.Window;
import java.util.List;

/** Layers over images as operators. */
final class ImageOperators {

  private ImageOperators() {}

  static String convolution(Conv2d layer, GraphPosition place, String output) {
    Window window = layer.window();
    Window.Border border = window.border(place.node().inputShape());
    return place
        .graph()
        .add(
            "Conv",
            output,
            List.of(place.input(), place.add("kernel"), place.add("bias")),
            extent("kernel_shape", window.kernel()),
            extent("strides", window.stride()),
            pads(border),
            extent("dilations", window.dilation()));
  }

  static String maxPooling(Window window, GraphPosition place) {
    return place
        .graph()
        .add("MaxPool", place.output(), List.of(place.input()), pooling(window, place));
  }

  static String averagePooling(Window window, GraphPosition place) {
    AttributeProto[] pooling = pooling(window, place);
    return place
        .graph()
        .add(
            "AveragePool",
            place.output(),
            List.of(place.input()),
            pooling[0],
            pooling[1],
            pooling[2],
            Attributes.of("count_include_pad", 0));
  }

  private static AttributeProto[] pooling(Window window, GraphPosition place) {
    return new AttributeProto[] {
      extent("kernel_shape", window.kernel()),
      extent("strides", window.stride()),
      pads(window.border(place.node().inputShape()))
    };
  }

  private static AttributeProto extent(String name, Extent extent) {
    return Attributes.of(name, List.of((long) extent.height(), (long) extent.width()));
  }

  private static AttributeProto pads(Window.Border border) {
    return Attributes.of(
        "pads",
        List.of(
            (long) border.top(),
            (long) border.left(),
            (long) border.bottom(),
            (long) border.right()));
  }

  /**
   * ONNX has an operator for it, which of an even number of channels takes the larger half above,
   * and which onnxruntime does not compute then.
   */
  static String localResponse(LocalResponseNormalization layer, GraphPosition place) {
    if (layer.size() % 2 == 0) {
      return evenLocalResponse(layer, place);
    }
    return place
        .graph()
        .add(
            "LRN",
            place.output(),
            List.of(place.input()),
            Attributes.of("size", layer.size()),
            Attributes.of("alpha", layer.alpha()),
            Attributes.of("beta", layer.beta()),
            Attributes.of("bias", layer.k()));
  }

  /** The sum by size over channels is an average over the rows of [batch, 1, channels, places]. */
  private static String evenLocalResponse(LocalResponseNormalization layer, GraphPosition place) {
    OnnxGraph graph = place.graph();
    List<Integer> shape = place.node().inputShape();
    String x = place.input();
    String square = graph.add("Mul", place.inner("square"), List.of(x, x));
    String rows = graph.longs(place.inner("rows"), 0, 1, shape.get(0), -1);
    String flat = graph.add("Reshape", place.inner("flat"), List.of(square, rows));
    long below = layer.size() / 2;
    String mean =
        graph.add(
            "AveragePool",
            place.inner("mean"),
            List.of(flat),
            Attributes.of("kernel_shape", List.of((long) layer.size(), 1L)),
            Attributes.of("strides", List.of(1L, 1L)),
            Attributes.of("pads", List.of(below, 0L, layer.size() - 1 - below, 0L)),
            Attributes.of("count_include_pad", 1));
    String image = graph.longs(place.inner("image"), 0, shape.get(0), shape.get(1), shape.get(2));
    String means = graph.add("Reshape", place.inner("means"), List.of(mean, image));
    String alpha = graph.number(place.inner("alpha"), layer.alpha());
    String scaled = graph.add("Mul", place.inner("scaled"), List.of(means, alpha));
    String k = graph.number(place.inner("k"), layer.k());
    String base = graph.add("Add", place.inner("base"), List.of(scaled, k));
    String beta = graph.number(place.inner("beta"), layer.beta());
    String power = graph.add("Pow", place.inner("power"), List.of(base, beta));
    return graph.add("Div", place.output(), List.of(x, power));
  }
}
