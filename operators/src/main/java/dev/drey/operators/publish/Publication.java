package dev.drey.operators.publish;

/**
 * A version that was published.
 *
 * @param version steps applied
 * @param examples trained on, each counted every time
 * @param loss of the examples of the sliding window, before they were trained on
 * @param place where it lies
 * @param sha256 of its weights
 */
public record Publication(long version, long examples, double loss, String place, String sha256) {}
