package dev.drey.worker.network;

/** Vectors in tests. */
final class Vectors {

  private Vectors() {}

  static float[] gradient(Network network) {
    float[] values = new float[network.gradientBytes().capacity() / Float.BYTES];
    network.gradientBytes().asFloatBuffer().get(values);
    return values;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** |actual - expected| / |expected|, Euclidean norms. */
  static double relativeError(float[] actual, double[] expected) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " values, expected " + expected.length);
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
