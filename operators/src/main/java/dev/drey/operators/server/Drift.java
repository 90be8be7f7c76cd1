package dev.drey.operators.server;

/**
 * A rise of what is watched.
 *
 * @param version steps applied when it was found
 * @param began the version after which it began, as near as the detector can tell
 * @param before its mean before
 * @param after its mean since
 */
record Drift(long version, long began, double before, double after) {}
