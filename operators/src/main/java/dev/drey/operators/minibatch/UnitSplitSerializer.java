package dev.drey.operators.minibatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Splits as 16 bytes. */
public final class UnitSplitSerializer implements SimpleVersionedSerializer<UnitSplit> {

  private static final int VERSION = 1;
  private static final int BYTES = 2 * Integer.BYTES + Long.BYTES;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(UnitSplit split) {
    return ByteBuffer.allocate(BYTES)
        .putInt(split.unit())
        .putLong(split.position())
        .putInt(split.slot())
        .array();
  }

  @Override
  public UnitSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("split has version " + version + ", this side reads " + VERSION);
    }
    if (bytes.length != BYTES) {
      throw new IOException("split has " + bytes.length + " bytes, must have " + BYTES);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UnitSplit(buffer.getInt(), buffer.getLong(), buffer.getInt());
  }
}
