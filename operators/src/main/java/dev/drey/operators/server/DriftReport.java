package dev.drey.operators.server;

/**
 * A drift that was detected.
 *
 * @param version at which it was detected: steps applied
 * @param began the version after which it began, as far as the detector can locate it
 * @param examples trained on since the run's start
 * @param signal that was watched: loss, error-rate, absolute-error
 * @param before mean of the signal before the drift; values above the range count as the range
 * @param after mean of the signal since
 * @param reaction to it
 * @param seconds since the publishing of version 0
 */
public record DriftReport(
    long version,
    long began,
    long examples,
    String signal,
    double before,
    double after,
    String reaction,
    double seconds) {}
