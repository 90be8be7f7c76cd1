package dev.drey.operators.minibatch;

import dev.drey.core.data.RowBatch;
import dev.drey.core.work.Round;
import dev.drey.operators.aggregate.RoundFormat;
import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Mini-batches of a data set as bytes that begin with the format's version; rows as little-endian
 * integers, moved at once. In savepoints of Drey's first format they are Flink's POJOs, which Flink
 * reads as {@link dev.drey.core.data.MiniBatch}.
 */
public final class RowBatchSerializer extends ImmutableSerializer<RowBatch> {

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  public static final RowBatchSerializer INSTANCE = new RowBatchSerializer();

  private RowBatchSerializer() {}

  @Override
  public void serialize(RowBatch batch, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    RoundFormat.write(batch.round(), out);
    out.writeInt(batch.slot());
    out.writeInt(batch.epoch());
    out.writeInt(batch.count());
    ByteBuffer rows =
        ByteBuffer.allocate(batch.count() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    rows.asIntBuffer().put(batch.rows());
    out.write(rows.array());
  }

  @Override
  public RowBatch deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("a mini-batch has version " + version + ", this side reads " + VERSION);
    }
    Round round = RoundFormat.read(in);
    int slot = in.readInt();
    int epoch = in.readInt();
    int[] rows = new int[in.readInt()];
    byte[] bytes = new byte[rows.length * Integer.BYTES];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(rows);
    return new RowBatch(round, slot, epoch, rows);
  }

  @Override
  public RowBatch createInstance() {
    return new RowBatch(Round.training(0), 0, 0, new int[0]);
  }

  @Override
  public TypeSerializerSnapshot<RowBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowBatch> {

    public Snapshot() {
      super(() -> INSTANCE);
    }

    /** What Flink read as POJOs is written in this format at the next checkpoint. */
    @Override
    public TypeSerializerSchemaCompatibility<RowBatch> resolveSchemaCompatibility(
        TypeSerializerSnapshot<RowBatch> old) {
      return old instanceof PojoSerializerSnapshot
          ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
          : super.resolveSchemaCompatibility(old);
    }
  }
}
