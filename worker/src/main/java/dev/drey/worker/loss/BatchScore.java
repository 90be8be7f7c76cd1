package dev.drey.worker.loss;

/**
 * The results of some examples, added up.
 *
 * @param lossSum sum of their losses, in double precision
 * @param correct how many were classified correctly; 0 for a loss that does not classify
 * @param absoluteErrorSum sum over the examples of the mean of |z[j] - y[j]| over the outputs; 0
 *     for a loss that classifies
 */
public record BatchScore(double lossSum, long correct, double absoluteErrorSum) {

  /** The score of no examples. */
  public static final BatchScore NONE = new BatchScore(0, 0, 0);

  public BatchScore plus(BatchScore other) {
    return new BatchScore(
        lossSum + other.lossSum,
        correct + other.correct,
        absoluteErrorSum + other.absoluteErrorSum);
  }
}
