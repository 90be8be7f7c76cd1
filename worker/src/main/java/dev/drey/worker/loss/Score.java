package dev.drey.worker.loss;

/**
 * What some examples came to.
 *
 * @param lossSum sum of their losses, in double precision
 * @param correct how many were classified rightly; 0 for a loss that does not classify
 */
public record Score(double lossSum, long correct) {

  /** The score of no examples. */
  public static final Score NONE = new Score(0, 0);

  public Score plus(Score other) {
    return new Score(lossSum + other.lossSum, correct + other.correct);
  }
}
