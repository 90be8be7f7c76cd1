package dev.drey.job.produce;

import org.jspecify.annotations.Nullable;

/**
 * A record that is still to be sent.
 *
 * @param key its bytes, or null; owned by the record
 * @param value its bytes; owned by the record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutgoingRecord(byte @Nullable [] key, byte[] value) {}
