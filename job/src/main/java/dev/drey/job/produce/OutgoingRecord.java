package dev.drey.job.produce;

import org.jspecify.annotations.Nullable;

/**
 * A record to send.
 *
 * @param key bytes of the key, or null; owned by this record
 * @param value bytes of the value; owned by this record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutgoingRecord(byte @Nullable [] key, byte[] value) {}
