package dev.drey.operators.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What the enumerator of a stream keeps in a checkpoint.
 *
 * @param <E> state of the enumerator of the source of records
 * @param assigned whether units were assigned to readers
 * @param records state of the enumerator of the source of records
 */
record StreamEnumeratorState<E>(boolean assigned, E records) {

  /** A byte, the version of the inner format, and its bytes. */
  record Serializer<E>(SimpleVersionedSerializer<E> records)
      implements SimpleVersionedSerializer<StreamEnumeratorState<E>> {

    private static final int VERSION = 1;
    private static final int HEADER = 1 + Integer.BYTES;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(StreamEnumeratorState<E> state) throws IOException {
      byte[] inner = records.serialize(state.records);
      return ByteBuffer.allocate(HEADER + inner.length)
          .put((byte) (state.assigned ? 1 : 0))
          .putInt(records.getVersion())
          .put(inner)
          .array();
    }

    @Override
    public StreamEnumeratorState<E> deserialize(int version, byte[] bytes) throws IOException {
      if (version != VERSION || bytes.length < HEADER) {
        throw new IOException("enumerator state of version " + version + " cannot be read");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      boolean assigned = buffer.get() == 1;
      int innerVersion = buffer.getInt();
      byte[] inner = new byte[buffer.remaining()];
      buffer.get(inner);
      return new StreamEnumeratorState<>(assigned, records.deserialize(innerVersion, inner));
    }
  }
}
