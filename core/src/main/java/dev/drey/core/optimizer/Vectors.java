package dev.drey.core.optimizer;

import dev.drey.core.parameters.Range;

/** Checks of settings and vectors that all optimizers share. */
final class Vectors {

  private Vectors() {}

  static void check(
      Optimizer optimizer,
      float[] parameters,
      float[] gradientSum,
      float[][] moments,
      Range range) {
    checkLength("gradient", gradientSum.length, parameters.length);
    if (moments.length != optimizer.moments()) {
      throw new IllegalArgumentException(
          optimizer + " got " + moments.length + " moments, needs " + optimizer.moments());
    }
    for (int i = 0; i < moments.length; i++) {
      checkLength("moment " + i, moments[i].length, parameters.length);
    }
    if (range.to() > parameters.length) {
      throw new IllegalArgumentException(
          "range is " + range + ", the parameters are " + parameters.length);
    }
  }

  static void checkShare(String name, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1)");
    }
  }

  static void checkPositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be above 0 and finite");
    }
  }

  private static void checkLength(String name, int length, int parameters) {
    if (length != parameters) {
      throw new IllegalArgumentException(
          name + " has " + length + " values, the parameters " + parameters);
    }
  }
}
