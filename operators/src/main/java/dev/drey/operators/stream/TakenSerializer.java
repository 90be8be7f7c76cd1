package dev.drey.operators.stream;

import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Used only where the source is not chained to what splits its output: the kind, then what it is.
 */
final class TakenSerializer extends ImmutableSerializer<Taken> {

  private static final long serialVersionUID = 1L;

  private static final int REFUSED = 0;
  private static final int DEALT = 1;
  private static final int REPLAYED = 2;

  static final TakenSerializer INSTANCE = new TakenSerializer();

  @Override
  public void serialize(Taken taken, DataOutputView out) throws IOException {
    if (taken instanceof Taken.Dealt dealt) {
      out.writeByte(DEALT);
      StreamBatchSerializer.INSTANCE.serialize(dealt.batch(), out);
    } else if (taken instanceof Taken.Replayed replayed) {
      out.writeByte(REPLAYED);
      out.writeLong(replayed.step());
      out.writeInt(replayed.slot());
      out.writeLong(replayed.since());
    } else {
      out.writeByte(REFUSED);
      RejectedRecordSerializer.INSTANCE.serialize(((Taken.Refused) taken).record(), out);
    }
  }

  @Override
  public Taken deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case DEALT -> new Taken.Dealt(StreamBatchSerializer.INSTANCE.deserialize(in));
      case REPLAYED -> new Taken.Replayed(in.readLong(), in.readInt(), in.readLong());
      case REFUSED -> new Taken.Refused(RejectedRecordSerializer.INSTANCE.deserialize(in));
      default -> throw new IOException("what was taken is of kind " + kind + ", must be 0 to 2");
    };
  }

  @Override
  public Taken createInstance() {
    return new Taken.Dealt(StreamBatchSerializer.INSTANCE.createInstance());
  }

  @Override
  public TypeSerializerSnapshot<Taken> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Taken> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
