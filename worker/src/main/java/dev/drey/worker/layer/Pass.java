package dev.drey.worker.layer;

/**
 * One way through a network.
 *
 * @param training whether layers behave as while training, where that differs: dropout drops, and
 *     batch normalisation measures
 * @param seed what random numbers start from; every layer draws others from it
 */
public record Pass(boolean training, long seed) {

  /** For evaluations and predictions. */
  public static final Pass INFERENCE = new Pass(false, 0);

  /** For a gradient. */
  public static Pass training(long seed) {
    return new Pass(true, seed);
  }
}
