package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * The uids of both ends of the loop, by which operators address them.
 *
 * @param source of the source of mini-batches
 * @param server of the parameter server
 */
public record Uids(String source, String server) implements Serializable {}
