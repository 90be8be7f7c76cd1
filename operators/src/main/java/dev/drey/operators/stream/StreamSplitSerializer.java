package dev.drey.operators.stream;

import dev.drey.core.stream.PlacedExample;
import dev.drey.core.work.Round;
import dev.drey.operators.aggregate.IntakeFormat;
import dev.drey.operators.aggregate.RoundFormat;
import dev.drey.operators.minibatch.UnitSplit;
import dev.drey.operators.minibatch.UnitSplitSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Splits as bytes: the kind, then its contents.
 *
 * @param <S> split of the source of records
 * @param records serializes these
 */
record StreamSplitSerializer<S extends SourceSplit>(SimpleVersionedSerializer<S> records)
    implements SimpleVersionedSerializer<StreamSplit> {

  private static final int VERSION = 2;
  private static final int PARITY_VERSION = 1; // see UnitSplitSerializer
  private static final int UNIT = 0;
  private static final int PARTITION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  @SuppressWarnings("unchecked") // partitions are of the same source
  public byte[] serialize(StreamSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    if (split instanceof StreamSplit.Unit unit) {
      out.writeByte(UNIT);
      out.writeInt(unit.place().unit());
      RoundFormat.write(unit.place().round(), out);
      out.writeInt(unit.place().slot());
      ExampleFormat.write(unit.waiting(), out);
      ExampleFormat.write(unit.heldOut(), out);
      IntakeFormat.write(unit.intake(), out);
    } else {
      StreamSplit.Partition<S> partition = (StreamSplit.Partition<S>) split;
      out.writeByte(PARTITION);
      out.writeInt(records.getVersion());
      ExampleFormat.writeNullable(records.serialize(partition.split()), out);
      ExampleFormat.writeNullable(partition.learnt(), out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public StreamSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION && version != PARITY_VERSION) {
      throw new IOException("split has version " + version + ", this side reads up to " + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int kind = in.readByte();
    return switch (kind) {
      case UNIT -> readUnit(version, in);
      case PARTITION -> readPartition(in);
      default -> throw new IOException("split is of kind " + kind + ", must be 0 or 1");
    };
  }

  private static StreamSplit readUnit(int version, DataInputDeserializer in) throws IOException {
    int unit = in.readInt();
    Round round =
        version == PARITY_VERSION
            ? UnitSplitSerializer.ofParity(in.readLong())
            : RoundFormat.read(in);
    UnitSplit place = new UnitSplit(unit, round, in.readInt());
    List<PlacedExample> waiting = ExampleFormat.readExamples(in);
    List<PlacedExample> heldOut = ExampleFormat.readExamples(in);
    return new StreamSplit.Unit(place, waiting, heldOut, IntakeFormat.read(in));
  }

  private StreamSplit readPartition(DataInputDeserializer in) throws IOException {
    int version = in.readInt();
    byte @Nullable [] split = ExampleFormat.readNullable(in);
    if (split == null) {
      throw new IOException("a partition without its split");
    }
    return new StreamSplit.Partition<>(
        records.deserialize(version, split), ExampleFormat.readNullable(in));
  }
}
