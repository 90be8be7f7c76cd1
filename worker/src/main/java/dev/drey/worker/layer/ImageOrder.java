package dev.drey.worker.layer;

import dev.drey.core.network.Node;
import java.util.List;

/** Which dimension of images lies closest in memory. */
public enum ImageOrder {
  /**
   * The specification's: [n, channels, height, width] in C order. All that is not an image is in
   * this order, too.
   */
  CHANNELS_FIRST,

  /** [n, height, width, channels] in C order: what layers over images compute in, for speed. */
  CHANNELS_LAST;

  /**
   * The order that a layer computes in.
   *
   * @param input the order that its input is in
   */
  public static ImageOrder of(Node node, ImageOrder input) {
    return node.inputShape().size() == 3
        ? node.layer().accept(Implementations.ALL).imageOrder().apply(input)
        : CHANNELS_FIRST;
  }

  /** An image's shape, [channels, height, width], in this order; other shapes are unchanged. */
  public List<Integer> shape(List<Integer> shape) {
    return this == CHANNELS_LAST && shape.size() == 3
        ? List.of(shape.get(1), shape.get(2), shape.get(0))
        : shape;
  }
}
