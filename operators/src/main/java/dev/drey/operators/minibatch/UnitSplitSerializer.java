package dev.drey.operators.minibatch;

import dev.drey.core.work.Round;
import dev.drey.operators.aggregate.RoundFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Splits as 17 bytes. */
public final class UnitSplitSerializer implements SimpleVersionedSerializer<UnitSplit> {

  private static final int VERSION = 2;
  private static final int PARITY_VERSION = 1; // the round as 2 v + 1 for step v, 2 v for version v
  private static final int PARITY_BYTES = 2 * Integer.BYTES + Long.BYTES;
  private static final int BYTES = PARITY_BYTES + 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(UnitSplit split) {
    return ByteBuffer.allocate(BYTES)
        .putInt(split.unit())
        .put(split.round().kind().code())
        .putLong(split.round().step())
        .putInt(split.slot())
        .array();
  }

  @Override
  public UnitSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION && version != PARITY_VERSION) {
      throw new IOException("split has version " + version + ", this side reads up to " + VERSION);
    }
    int length = version == VERSION ? BYTES : PARITY_BYTES;
    if (bytes.length != length) {
      throw new IOException("split has " + bytes.length + " bytes, must have " + length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int unit = buffer.getInt();
    Round round =
        version == VERSION
            ? new Round(RoundFormat.kind(buffer.get()), buffer.getLong())
            : ofParity(buffer.getLong());
    return new UnitSplit(unit, round, buffer.getInt());
  }

  /** The round as the first version wrote it: 2 v + 1 for step v, 2 v for an evaluation of v. */
  public static Round ofParity(long position) {
    return position % 2 == 1 ? Round.training(position / 2) : Round.evaluation(position / 2);
  }
}
