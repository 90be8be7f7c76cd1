package dev.drey.worker.layer;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How a kind of layer is computed.
 *
 * @param imageOrder the order in which it reads and writes images, for the order that its input is
 *     in; where the two differ, a copy comes between
 * @param compiler makes the layer for its place in a network
 */
record Implementation(UnaryOperator<ImageOrder> imageOrder, Function<Site, Layer> compiler) {

  /** For layers over images that oneDNN computes. */
  static Implementation channelsLast(Function<Site, Layer> compiler) {
    return new Implementation(any -> ImageOrder.CHANNELS_LAST, compiler);
  }

  /** For layers that read no images, or need them in the specification's order. */
  static Implementation channelsFirst(Function<Site, Layer> compiler) {
    return new Implementation(any -> ImageOrder.CHANNELS_FIRST, compiler);
  }

  /** For layers that compute each value by itself, and so take any order. */
  static Implementation anyOrder(Function<Site, Layer> compiler) {
    return new Implementation(order -> order, compiler);
  }
}
