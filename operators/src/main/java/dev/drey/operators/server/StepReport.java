package dev.drey.operators.server;

import dev.drey.core.prequential.Score;

/**
 * What the parameter server tells of each applied step, and of each evaluation.
 *
 * @param evaluation whether loss and accuracy are of the held-out examples
 * @param version steps applied
 * @param epoch epochs finished, with a fraction
 * @param examples examples trained on since the start
 * @param loss mean loss of the step's, or the evaluation's, examples; NaN of an empty step
 * @param accuracy share of them that was classified rightly; NaN where nothing is classified
 * @param seconds since the publishing of version 0
 * @param billedMillis function time billed since the start, milliseconds
 * @param dollars what that costs
 * @param window of the last training examples, before they were trained on
 * @param faded of all, the older the less
 */
public record StepReport(
    boolean evaluation,
    long version,
    double epoch,
    long examples,
    double loss,
    double accuracy,
    double seconds,
    long billedMillis,
    double dollars,
    Score window,
    Score faded) {}
