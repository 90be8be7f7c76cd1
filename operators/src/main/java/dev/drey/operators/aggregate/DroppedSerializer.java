package dev.drey.operators.aggregate;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.data.ExampleIds;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Round;
import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Dropped examples as bytes: a header that begins with the format's version, then the examples: row
 * numbers as little-endian integers, moved at once, or positions in a stream. All versions are
 * read, the latest is written.
 */
public final class DroppedSerializer extends ImmutableSerializer<Dropped> {

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 3;
  private static final int ROWS_ONLY = 1;
  private static final int WITHOUT_CODE = 2; // the last whose rounds have no code for their kind

  public static final DroppedSerializer INSTANCE = new DroppedSerializer();

  @Override
  public void serialize(Dropped dropped, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeUTF(dropped.reason().word());
    RoundFormat.write(dropped.round(), out);
    out.writeInt(dropped.slot());
    out.writeUTF(dropped.message());
    if (dropped.examples() instanceof ExampleIds.Rows rows) {
      out.writeBoolean(true);
      writeRows(rows, out);
    } else {
      out.writeBoolean(false);
      writePositions((ExampleIds.Records) dropped.examples(), out);
    }
  }

  @Override
  public Dropped deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < ROWS_ONLY || version > VERSION) {
      throw new IOException(
          "dropped examples have version " + version + ", this side reads up to " + VERSION);
    }
    DropReason reason = DropReason.of(in.readUTF());
    Round round = version <= WITHOUT_CODE ? RoundFormat.readWithoutCode(in) : RoundFormat.read(in);
    int slot = in.readInt();
    String message = in.readUTF();
    boolean rows = version == ROWS_ONLY || in.readBoolean();
    return new Dropped(reason, round, slot, rows ? readRows(in) : readPositions(in), message);
  }

  private static void writeRows(ExampleIds.Rows rows, DataOutputView out) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(rows.count() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(rows.numbers());
    out.writeInt(rows.count());
    out.write(bytes.array());
  }

  private static ExampleIds readRows(DataInputView in) throws IOException {
    int[] rows = new int[in.readInt()];
    byte[] bytes = new byte[rows.length * Integer.BYTES];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(rows);
    return new ExampleIds.Rows(rows);
  }

  private static void writePositions(ExampleIds.Records records, DataOutputView out)
      throws IOException {
    out.writeInt(records.count());
    for (Position position : records.positions()) {
      out.writeUTF(position.partition());
      out.writeLong(position.offset());
    }
  }

  private static ExampleIds readPositions(DataInputView in) throws IOException {
    List<Position> positions = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      positions.add(new Position(in.readUTF(), in.readLong()));
    }
    return new ExampleIds.Records(positions);
  }

  @Override
  public Dropped createInstance() {
    return new Dropped(DropReason.LATE, Round.training(0), 0, new ExampleIds.Rows(0), "");
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
