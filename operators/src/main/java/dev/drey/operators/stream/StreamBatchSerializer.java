package dev.drey.operators.stream;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.work.Round;
import dev.drey.operators.aggregate.IntakeFormat;
import dev.drey.operators.aggregate.RoundFormat;
import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Mini-batches of a stream as bytes that begin with the format's version. */
public final class StreamBatchSerializer extends ImmutableSerializer<StreamBatch> {

  private static final long serialVersionUID = 1L;
  private static final int VERSION = 3;
  private static final int FIRST_VERSION = 1; // nothing is replayed
  private static final int CODE_VERSION = 3; // the first with a code for the round's kind

  public static final StreamBatchSerializer INSTANCE = new StreamBatchSerializer();

  private StreamBatchSerializer() {}

  @Override
  public void serialize(StreamBatch batch, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    RoundFormat.write(batch.round(), out);
    out.writeInt(batch.slot());
    ExampleFormat.write(batch.examples(), out);
    IntakeFormat.write(batch.intake(), out);
    out.writeBoolean(batch.replayed());
  }

  @Override
  public StreamBatch deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < FIRST_VERSION || version > VERSION) {
      throw new IOException(
          "a mini-batch has version " + version + ", this side reads up to " + VERSION);
    }
    if (version < CODE_VERSION) {
      long step = in.readLong();
      int slot = in.readInt();
      return readExamples(version, new Round(RoundFormat.readKindWithoutCode(in), step), slot, in);
    }
    Round round = RoundFormat.read(in);
    return readExamples(version, round, in.readInt(), in);
  }

  private static StreamBatch readExamples(int version, Round round, int slot, DataInputView in)
      throws IOException {
    List<PlacedExample> examples = ExampleFormat.readExamples(in);
    Intake intake = IntakeFormat.read(in);
    boolean replayed = version != FIRST_VERSION && in.readBoolean();
    return new StreamBatch(round, slot, examples, intake, replayed);
  }

  @Override
  public StreamBatch createInstance() {
    return new StreamBatch(Round.training(0), 0, List.of(), Intake.NONE);
  }

  @Override
  public TypeSerializerSnapshot<StreamBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamBatch> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
