package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;

/** A gradient sum that would spoil the weights. */
final class NotFiniteException extends Exception {

  private static final long serialVersionUID = 1L;

  NotFiniteException(PartialSum sum, int parameter, float value) {
    super(
        sum.round()
            + ": the gradient sum is "
            + value
            + " at parameter "
            + parameter
            + ", must be finite; the weights keep version "
            + sum.round().step()
            + ". A lower learning rate or training.clip-norm usually helps");
  }
}
