package dev.drey.core.plan;

/** Range checks of arguments. */
final class Check {

  private Check() {}

  static void atLeastZero(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 0 and finite");
    }
  }

  static void aboveZero(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be above 0 and finite");
    }
  }

  static void atLeast(long limit, String name, long value) {
    if (value < limit) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least " + limit);
    }
  }

  static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1]");
    }
  }
}
