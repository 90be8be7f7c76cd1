package dev.drey.core.prequential;

import dev.drey.core.aggregation.Tally;

/**
 * Means over examples.
 *
 * @param examples how many count, at least 0; not a whole number where older ones fade
 * @param loss NaN of none
 * @param accuracy share that was classified rightly; NaN of none
 * @param absoluteError NaN of none
 */
public record PrequentialScore(double examples, double loss, double accuracy, double absoluteError) {

  public static final PrequentialScore NONE = new PrequentialScore(0, Double.NaN, Double.NaN, Double.NaN);

  static PrequentialScore of(Tally tally) {
    return new PrequentialScore(tally.examples(), tally.loss(), tally.accuracy(), tally.absoluteError());
  }
}
