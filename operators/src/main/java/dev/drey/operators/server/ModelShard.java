package dev.drey.operators.server;

/**
 * A shard of the model that a run ends with.
 *
 * @param version steps applied
 * @param from index of its first parameter in the flat vector
 * @param weights its parameters
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ModelShard(long version, int from, float[] weights) {}
