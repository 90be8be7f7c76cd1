package dev.drey.operators.publish;

/**
 * The record of a published version.
 *
 * @param version number of steps applied
 * @param examples number of examples trained on, counting repetitions
 * @param loss prequential loss of the sliding window
 * @param place URI of the published model
 * @param sha256 of the weights
 */
public record Publication(long version, long examples, double loss, String place, String sha256) {}
