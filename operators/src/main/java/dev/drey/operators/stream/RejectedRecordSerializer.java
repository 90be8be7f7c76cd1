package dev.drey.operators.stream;

import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Rejected records as bytes that begin with the format's version. */
final class RejectedRecordSerializer extends ImmutableSerializer<RejectedRecord> {

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  static final RejectedRecordSerializer INSTANCE = new RejectedRecordSerializer();

  @Override
  public void serialize(RejectedRecord rejected, DataOutputView out) throws IOException {
    RawRecord record = rejected.record();
    out.writeByte(VERSION);
    ExampleFormat.write(record.position(), out);
    out.writeLong(record.timestamp());
    ExampleFormat.writeNullable(record.key(), out);
    ExampleFormat.writeNullable(record.value(), out);
    // A reason given by a user's encoder may be longer than writeUTF allows.
    ExampleFormat.writeNullable(rejected.reason().getBytes(StandardCharsets.UTF_8), out);
  }

  @Override
  public RejectedRecord deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "a rejected record has version " + version + ", this side reads " + VERSION);
    }
    Position position = ExampleFormat.readPosition(in);
    RawRecord record =
        new RawRecord(
            position,
            in.readLong(),
            ExampleFormat.readNullable(in),
            ExampleFormat.readNullable(in));
    byte @Nullable [] reason = ExampleFormat.readNullable(in);
    return new RejectedRecord(
        record, reason == null ? "" : new String(reason, StandardCharsets.UTF_8));
  }

  @Override
  public RejectedRecord createInstance() {
    return new RejectedRecord(new RawRecord(new Position("", 0), 0, null, null), "");
  }

  @Override
  public TypeSerializerSnapshot<RejectedRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RejectedRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
