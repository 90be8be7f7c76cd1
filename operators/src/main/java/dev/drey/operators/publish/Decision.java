package dev.drey.operators.publish;

import org.jspecify.annotations.Nullable;

/**
 * What became of a candidate.
 *
 * @param version steps applied
 * @param examples trained on, each counted every time
 * @param loss of the examples of the sliding window, before they were trained on
 * @param verdict why
 * @param publication where it lies, or null if it was refused
 */
public record Decision(
    long version, long examples, double loss, Verdict verdict, @Nullable Publication publication) {}
