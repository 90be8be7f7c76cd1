package dev.drey.core.stream;

/**
 * A dead letter: a record that no example could be made of.
 *
 * @param record as it was read
 * @param reason why, for people
 */
public record RejectedRecord(RawRecord record, String reason) {}
