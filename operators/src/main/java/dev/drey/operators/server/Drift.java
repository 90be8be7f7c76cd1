package dev.drey.operators.server;

/**
 * A rise of the watched signal.
 *
 * @param version steps applied when it was found
 * @param began the version after which it began, as far as the detector can locate it
 * @param before mean of the signal before
 * @param after mean of the signal since
 */
record Drift(long version, long began, double before, double after) {}
