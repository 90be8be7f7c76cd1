package dev.drey.core.layer;

import java.util.random.RandomGenerator;

/**
 * An LSTM's bias starts at 1 for the forget gate, the second of four, and else at 0.
 *
 * @param units values per gate
 */
record LstmBiasInitializer(int units) implements InitialValues {

  @Override
  public float draw(RandomGenerator random, Fans fans, int index) {
    return index / units == 1 ? 1 : 0;
  }
}
