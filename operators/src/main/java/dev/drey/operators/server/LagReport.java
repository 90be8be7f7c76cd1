package dev.drey.operators.server;

/**
 * The lag of one partition of a stream.
 *
 * @param version steps applied
 * @param seconds since the publishing of version 0
 * @param partition by name
 * @param end offset after its last record
 * @param lag how many of its records are in no applied step
 */
public record LagReport(long version, double seconds, String partition, long end, long lag) {}
