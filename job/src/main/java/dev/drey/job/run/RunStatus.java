package dev.drey.job.run;

import dev.drey.core.stream.Lag;

/**
 * How far a run is and how fast, as it is shown to the user.
 *
 * @param step weight updates so far
 * @param totalSteps of the whole run; Long.MAX_VALUE without an end
 * @param epoch that is being trained, from 1
 * @param epochs of the whole run, rounded up; 0 for a stream, which has none
 * @param dropped examples that were left out of their step
 * @param loss mean over the last step's examples; NaN before the first
 * @param accuracy of the last step; NaN before the first, and if nothing is classified
 * @param testAccuracy of the last evaluation; NaN before the first, and if nothing is classified
 * @param examplesPerSecond over the last seconds; NaN if unknown
 * @param stepsPerSecond over the last seconds; NaN if unknown
 * @param secondsLeft at this rate; NaN if unknown
 * @param lag behind a stream; none for a data set, and before it is known
 */
public record RunStatus(
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
    double secondsLeft,
    Lag lag) {}
