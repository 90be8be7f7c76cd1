package dev.drey.worker.layer;

import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dropout;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.network.Node;
import java.util.List;

/** Which dimension of images lies closest in memory. */
public enum Order {
  /**
   * The specification's: [n, channels, height, width] in C order. All that is not an image is in
   * this order, too.
   */
  CHANNELS_FIRST,

  /** [n, height, width, channels] in C order: what layers over images compute in, for speed. */
  CHANNELS_LAST;

  /** The order that a layer computes in, if what it reads comes in some order. */
  public static Order of(Node node, Order input) {
    if (node.inputShape().size() != 3) {
      return CHANNELS_FIRST;
    }
    LayerSpec layer = node.layer();
    if (layer instanceof Conv2d
        || layer instanceof MaxPooling2d
        || layer instanceof AveragePooling2d
        || layer instanceof GlobalAveragePooling
        || layer instanceof LocalResponseNormalization
        || layer instanceof BatchNormalization) {
      return CHANNELS_LAST;
    }
    boolean valueByValue =
        layer instanceof ActivationLayer || layer instanceof Add || layer instanceof Dropout;
    return valueByValue ? input : CHANNELS_FIRST;
  }

  /**
   * An image's shape, [channels, height, width], in this order; other shapes are what they were.
   */
  public List<Integer> shape(List<Integer> shape) {
    return this == CHANNELS_LAST && shape.size() == 3
        ? List.of(shape.get(1), shape.get(2), shape.get(0))
        : shape;
  }
}
