package dev.drey.operators.publish;

import org.jspecify.annotations.Nullable;

/**
 * The decision on a candidate.
 *
 * @param version number of steps applied
 * @param examples number of examples trained on, counting repetitions
 * @param loss prequential loss of the sliding window
 * @param verdict the outcome and its reason
 * @param publication null if it was refused
 */
public record Decision(
    long version, long examples, double loss, Verdict verdict, @Nullable Publication publication) {}
