package dev.drey.core.drift;

import java.util.Random;

/** Error rates of mini-batches: each example is wrong by chance. */
final class Errors {

  private static final int EXAMPLES = 64;

  private final Random random;

  Errors(long seed) {
    random = new Random(seed);
  }

  /** The share of wrong ones among 64 examples. */
  double next(double rate) {
    int wrong = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      wrong += random.nextDouble() < rate ? 1 : 0;
    }
    return (double) wrong / EXAMPLES;
  }
}
