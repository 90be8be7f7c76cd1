package dev.drey.core.layer;

import java.util.random.RandomGenerator;

/**
 * The bias of an LSTM starts at 1 for the forget gate, the second of the four, and at 0 for the
 * others.
 *
 * @param units values per gate
 */
record LstmBiasInitializer(int units) implements InitialValues {

  @Override
  public float draw(RandomGenerator random, Fans fans, int index) {
    return index / units == 1 ? 1 : 0;
  }
}
