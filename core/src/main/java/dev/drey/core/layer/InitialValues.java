package dev.drey.core.layer;

import java.util.random.RandomGenerator;

/** How the values of a tensor are initialized. */
public interface InitialValues {

  /**
   * The next value. Called once for each value, in C order.
   *
   * @param random the source of random numbers
   * @param fans of the tensor
   * @param index of the value in the tensor
   */
  float draw(RandomGenerator random, Fans fans, int index);

  /**
   * How many values meet in one output, and how many outputs one input reaches.
   *
   * @param in at least 1
   * @param out at least 1
   */
  record Fans(int in, int out) {

    public Fans {
      if (in < 1 || out < 1) {
        throw new IllegalArgumentException(
            "fans are " + in + " in and " + out + " out, must be at least 1");
      }
    }
  }
}
