package dev.drey.operators.server;

/**
 * A drift that was found, and reacted to.
 *
 * @param version at which: steps applied
 * @param began the version after which it began, as near as the detector can tell
 * @param examples trained on since the run's start
 * @param signal what was watched: loss, error-rate, absolute-error
 * @param before its mean before the drift; values above the range count as the range
 * @param after its mean since
 * @param reaction what was done
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
