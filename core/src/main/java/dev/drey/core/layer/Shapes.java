package dev.drey.core.layer;

import java.util.List;

/** Arithmetic of shapes, and checks of the input shapes of layers. */
final class Shapes {

  private static final String IMAGE = "[channels, height, width]";
  private static final String SEQUENCE = "[time, features]";

  private Shapes() {}

  /** The number of values of an array. */
  static long size(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  static void requireImage(String layer, List<Integer> shape) {
    require(shape.size() == 3, layer, shape, "must be " + IMAGE);
  }

  static void requireSequence(String layer, List<Integer> shape) {
    require(shape.size() == 2, layer, shape, "must be " + SEQUENCE);
  }

  static void requireFeatures(String layer, List<Integer> shape) {
    require(
        shape.size() == 1 || shape.size() == 2, layer, shape, "must be [features] or " + SEQUENCE);
  }

  /** The last dimension. */
  static int features(List<Integer> shape) {
    return shape.get(shape.size() - 1);
  }

  /** The shape with another last dimension. */
  static List<Integer> withFeatures(List<Integer> shape, int features) {
    return shape.size() == 1 ? List.of(features) : List.of(shape.get(0), features);
  }

  static void require(boolean holds, String layer, List<Integer> shape, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(layer + ": input shape is " + shape + ", " + rule);
    }
  }

  static int atLeastOne(String layer, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          layer + ": " + what + " is " + value + ", must be at least 1");
    }
    return value;
  }
}
