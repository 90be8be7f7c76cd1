package dev.drey.core.stream;

import org.jspecify.annotations.Nullable;

/**
 * A record of a stream, not yet decoded.
 *
 * @param position where it is in the stream
 * @param timestamp when it was written, milliseconds since 1970
 * @param key its bytes, or null; owned by the record, not to be changed
 * @param value its bytes, or null; owned by the record, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawRecord(
    Position position, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {}
