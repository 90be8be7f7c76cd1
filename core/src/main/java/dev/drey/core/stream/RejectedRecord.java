package dev.drey.core.stream;

/**
 * A dead letter: a record that could not be encoded as an example.
 *
 * @param record as it was read
 * @param reason human-readable
 */
public record RejectedRecord(RawRecord record, String reason) {}
