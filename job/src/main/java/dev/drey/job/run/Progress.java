package dev.drey.job.run;

/**
 * How far a run is.
 *
 * @param step weight updates so far
 * @param totalSteps of the whole run; Long.MAX_VALUE without an end
 * @param epoch that is being trained, from 1
 * @param epochs of the whole run, rounded up; 0 for a stream, which has none
 * @param dropped examples that were not trained on when they were offered
 * @param loss mean over the last step's examples; NaN before the first
 * @param accuracy of the last step; NaN before the first, and if nothing is classified
 * @param testAccuracy of the last evaluation; NaN before the first, and if nothing is classified
 * @param examplesPerSecond lately
 * @param stepsPerSecond lately
 * @param secondsLeft at this rate; NaN if unknown
 */
public record Progress(
    long step,
    long totalSteps,
    long epoch,
    long epochs,
    long dropped,
    double loss,
    double accuracy,
    double testAccuracy,
    double examplesPerSecond,
    double stepsPerSecond,
    double secondsLeft) {}
