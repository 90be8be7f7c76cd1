package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * The uids of the two ends of the loop, by which they find each other.
 *
 * @param source of the source of mini-batches
 * @param server of the parameter server
 */
public record Uids(String source, String server) implements Serializable {}
