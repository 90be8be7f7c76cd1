package dev.drey.operators.stream;

import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Items as bytes: the kind, then its contents. Used only where the source is not chained to the
 * {@link StreamItemSplitter}, never in state.
 */
final class StreamItemSerializer extends ImmutableSerializer<StreamItem> {

  private static final long serialVersionUID = 1L;

  private static final int REJECTED = 0;
  private static final int MINI_BATCH = 1;
  private static final int REPLAY = 2;

  static final StreamItemSerializer INSTANCE = new StreamItemSerializer();

  @Override
  public void serialize(StreamItem item, DataOutputView out) throws IOException {
    if (item instanceof StreamItem.MiniBatch miniBatch) {
      out.writeByte(MINI_BATCH);
      StreamBatchSerializer.INSTANCE.serialize(miniBatch.batch(), out);
    } else if (item instanceof StreamItem.Replay replay) {
      out.writeByte(REPLAY);
      out.writeLong(replay.step());
      out.writeInt(replay.slot());
      out.writeLong(replay.since());
    } else {
      out.writeByte(REJECTED);
      RejectedRecordSerializer.INSTANCE.serialize(((StreamItem.Rejected) item).record(), out);
    }
  }

  @Override
  public StreamItem deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case MINI_BATCH -> new StreamItem.MiniBatch(StreamBatchSerializer.INSTANCE.deserialize(in));
      case REPLAY -> new StreamItem.Replay(in.readLong(), in.readInt(), in.readLong());
      case REJECTED -> new StreamItem.Rejected(RejectedRecordSerializer.INSTANCE.deserialize(in));
      default -> throw new IOException("an item is of kind " + kind + ", must be 0 to 2");
    };
  }

  @Override
  public StreamItem createInstance() {
    return new StreamItem.MiniBatch(StreamBatchSerializer.INSTANCE.createInstance());
  }

  @Override
  public TypeSerializerSnapshot<StreamItem> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamItem> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
