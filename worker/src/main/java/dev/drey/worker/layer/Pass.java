package dev.drey.worker.layer;

/**
 * One forward pass through a network, with the backward pass that may follow it.
 *
 * @param training whether layers behave as in training, where that differs: dropout drops values,
 *     and batch normalisation uses the mini-batch's statistics
 * @param seed of the random numbers; every layer derives its own stream from it
 * @param first the number of the pass's first example among all that share the seed, from 0: the
 *     random numbers of an example do not depend on the examples it is computed with
 */
public record Pass(boolean training, long seed, int first) {

  /** For evaluations and predictions. */
  public static final Pass INFERENCE = new Pass(false, 0, 0);

  /** For a gradient, starting with the first example. */
  public static Pass training(long seed) {
    return training(seed, 0);
  }

  /** For a gradient. */
  public static Pass training(long seed, int first) {
    return new Pass(true, seed, first);
  }
}
