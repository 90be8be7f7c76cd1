package dev.drey.operators.stream;

import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Used only where the source is not chained to what splits its output: a flag, then either. */
final class TakenSerializer extends ImmutableSerializer<Taken> {

  private static final long serialVersionUID = 1L;

  static final TakenSerializer INSTANCE = new TakenSerializer();

  @Override
  public void serialize(Taken taken, DataOutputView out) throws IOException {
    if (taken instanceof Taken.Dealt dealt) {
      out.writeBoolean(true);
      StreamBatchSerializer.INSTANCE.serialize(dealt.batch(), out);
    } else {
      out.writeBoolean(false);
      RejectedRecordSerializer.INSTANCE.serialize(((Taken.Refused) taken).record(), out);
    }
  }

  @Override
  public Taken deserialize(DataInputView in) throws IOException {
    return in.readBoolean()
        ? new Taken.Dealt(StreamBatchSerializer.INSTANCE.deserialize(in))
        : new Taken.Refused(RejectedRecordSerializer.INSTANCE.deserialize(in));
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
