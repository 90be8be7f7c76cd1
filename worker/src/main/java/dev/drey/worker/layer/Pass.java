package dev.drey.worker.layer;

/**
 * One way through a network.
 *
 * @param training whether layers behave as while training, where that differs: dropout drops, and
 *     batch normalisation measures
 * @param seed what random numbers start from; every layer draws others from it
 * @param first the place of the pass's first example among all that share the seed, from 0: what is
 *     drawn for an example does not depend on those it is computed with
 */
public record Pass(boolean training, long seed, int first) {

  /** For evaluations and predictions. */
  public static final Pass INFERENCE = new Pass(false, 0, 0);

  /** For a gradient over examples from the first on. */
  public static Pass training(long seed) {
    return training(seed, 0);
  }

  /** For a gradient. */
  public static Pass training(long seed, int first) {
    return new Pass(true, seed, first);
  }
}
