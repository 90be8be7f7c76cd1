package dev.drey.core.stream;

import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in the stream.
 *
 * @param position where
 * @param timestamp when it was written, milliseconds since 1970
 * @param key its bytes, or null; owned by the record, never changed
 * @param value its bytes, or null; owned by the record, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawRecord(
    Position position, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {}
