package dev.drey.operators.aggregate;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Sums as bytes: a header that begins with the format's version, then the values as little-endian
 * floats, moved in blocks: Flink's own way, float by float, takes ten times as long. All versions
 * are read, the latest is written.
 */
public final class PartialSumSerializer extends ImmutableSerializer<PartialSum> {

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 4;
  private static final int FIRST_VERSION = 1; // without intake and absolute errors
  private static final int REPLAYED_VERSION = 3; // the first with replayed examples
  private static final int CODE_VERSION = 4; // the first with a code for the round's kind
  private static final int BLOCK_FLOATS = 8192;

  private transient byte[] block = new byte[0];
  private transient FloatBuffer floats = FloatBuffer.allocate(0);

  @Override
  public void serialize(PartialSum sum, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    RoundFormat.write(sum.round(), out);
    write(sum.parameters(), out);
    write(sum.slots(), out);
    Tally tally = sum.tally();
    out.writeLong(tally.examples());
    out.writeDouble(tally.lossSum());
    out.writeLong(tally.correct());
    out.writeLong(tally.invocations());
    out.writeLong(tally.coldStarts());
    out.writeLong(tally.billedMillis());
    out.writeDouble(tally.absoluteErrorSum());
    out.writeLong(tally.replayed());
    out.writeInt(sum.dropped().size());
    for (Dropped dropped : sum.dropped()) {
      DroppedSerializer.INSTANCE.serialize(dropped, out);
    }
    IntakeFormat.write(sum.intake(), out);
    Slice values = sum.values();
    prepareBlock();
    for (int at = values.from(); at < values.to(); at += BLOCK_FLOATS) {
      int count = Math.min(BLOCK_FLOATS, values.to() - at);
      floats.clear().put(values.array(), at, count);
      out.write(block, 0, count * Float.BYTES);
    }
  }

  @Override
  public PartialSum deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < FIRST_VERSION || version > VERSION) {
      throw new IOException("a sum has version " + version + ", this side reads up to " + VERSION);
    }
    Round round = version < CODE_VERSION ? RoundFormat.readWithoutCode(in) : RoundFormat.read(in);
    Range parameters = readRange(in);
    Range slots = readRange(in);
    Tally tally =
        new Tally(
            in.readLong(),
            in.readDouble(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            version == FIRST_VERSION ? 0 : in.readDouble(),
            version < REPLAYED_VERSION ? 0 : in.readLong());
    List<Dropped> dropped = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      dropped.add(DroppedSerializer.INSTANCE.deserialize(in));
    }
    Intake intake = version == FIRST_VERSION ? Intake.NONE : IntakeFormat.read(in);
    float[] values = new float[parameters.length()];
    prepareBlock();
    for (int at = 0; at < values.length; at += BLOCK_FLOATS) {
      int count = Math.min(BLOCK_FLOATS, values.length - at);
      in.readFully(block, 0, count * Float.BYTES);
      floats.clear().get(values, at, count);
    }
    return new PartialSum(round, parameters, slots, tally, dropped, intake, Slice.of(values));
  }

  private void prepareBlock() {
    if (block == null || block.length == 0) {
      block = new byte[BLOCK_FLOATS * Float.BYTES];
      floats = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
  }

  private static void write(Range range, DataOutputView out) throws IOException {
    out.writeInt(range.from());
    out.writeInt(range.to());
  }

  private static Range readRange(DataInputView in) throws IOException {
    return new Range(in.readInt(), in.readInt());
  }

  /** Each task has its own: the block is not to be shared between threads. */
  @Override
  public PartialSumSerializer duplicate() {
    return new PartialSumSerializer();
  }

  @Override
  public PartialSum createInstance() {
    return new PartialSum(
        Round.training(0), new Range(0, 0), new Range(0, 0), Tally.ZERO, Slice.EMPTY);
  }

  @Override
  public TypeSerializerSnapshot<PartialSum> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartialSum> {
    public Snapshot() {
      super(PartialSumSerializer::new);
    }
  }
}
