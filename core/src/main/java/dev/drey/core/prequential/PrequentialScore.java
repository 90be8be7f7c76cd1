package dev.drey.core.prequential;

import dev.drey.core.aggregation.Tally;

/**
 * Mean loss, accuracy and error over examples.
 *
 * @param examples number of examples, at least 0; the sum of their weights, and so fractional,
 *     where older ones fade
 * @param loss NaN if there are no examples
 * @param accuracy share that was classified correctly; NaN if there are no examples
 * @param absoluteError mean absolute error; NaN if there are no examples
 */
public record PrequentialScore(
    double examples, double loss, double accuracy, double absoluteError) {

  public static final PrequentialScore NONE =
      new PrequentialScore(0, Double.NaN, Double.NaN, Double.NaN);

  static PrequentialScore of(Tally tally) {
    return new PrequentialScore(
        tally.examples(), tally.loss(), tally.accuracy(), tally.absoluteError());
  }
}
