package dev.drey.operators.server;

/**
 * A shard of the model that a run ends with.
 *
 * @param version steps applied
 * @param from index of its first parameter in the flat vector
 * @param weights its parameters
 * @param moments of the optimiser, [moments, parameters]; empty if it has none
 * @param progress of the run at its end, as {@link ProgressFormat} writes it; empty in all shards
 *     but the first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ModelShard(
    long version, int from, float[] weights, float[][] moments, byte[] progress) {}
