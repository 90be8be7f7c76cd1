package dev.drey.operators.aggregate;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum.Round;
import dev.drey.core.data.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What was dropped as bytes: a header that begins with the format's version, then the rows as
 * little-endian integers, moved at once. Whatever version a savepoint holds is read; the newest is
 * written.
 */
public final class DroppedSerializer extends TypeSerializerSingleton<Dropped> {

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  public static final DroppedSerializer INSTANCE = new DroppedSerializer();

  @Override
  public void serialize(Dropped dropped, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeUTF(dropped.reason().word());
    write(dropped.round(), out);
    out.writeInt(dropped.slot());
    out.writeUTF(dropped.message());
    int[] rows = dropped.rows();
    ByteBuffer bytes =
        ByteBuffer.allocate(rows.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(rows);
    out.writeInt(rows.length);
    out.write(bytes.array());
  }

  @Override
  public Dropped deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "dropped examples have version " + version + ", this side reads " + VERSION);
    }
    DropReason reason = DropReason.of(in.readUTF());
    Round round = readRound(in);
    int slot = in.readInt();
    String message = in.readUTF();
    int[] rows = new int[in.readInt()];
    byte[] bytes = new byte[rows.length * Integer.BYTES];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(rows);
    return new Dropped(reason, round, slot, rows, message);
  }

  static void write(Round round, DataOutputView out) throws IOException {
    out.writeBoolean(round.task() == Task.GRADIENT);
    out.writeLong(round.step());
  }

  static Round readRound(DataInputView in) throws IOException {
    Task task = in.readBoolean() ? Task.GRADIENT : Task.EVALUATION;
    return new Round(task, in.readLong());
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public Dropped createInstance() {
    return new Dropped(DropReason.LATE, new Round(Task.GRADIENT, 0), 0, new int[1], "");
  }

  @Override
  public Dropped copy(Dropped from) {
    return from;
  }

  @Override
  public Dropped copy(Dropped from, Dropped reuse) {
    return from;
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public Dropped deserialize(Dropped reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public TypeSerializerSnapshot<Dropped> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Dropped> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
