package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.Tally;
import dev.drey.operators.aggregate.IntakeFormat;
import dev.drey.operators.coordination.ExampleAccount;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepTimes;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The progress that a run ends with as bytes, which begin with the format's version. What only a
 * running job needs is left out: the examples that a later step repeats, and the times of steps.
 */
public final class ProgressFormat {

  private static final int VERSION = 1;

  private ProgressFormat() {}

  /** The bytes of a progress. */
  public static byte[] toBytes(Progress progress) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(512);
    out.writeByte(VERSION);
    out.writeLong(progress.version());
    write(progress.totals(), out);
    write(progress.last(), out);
    out.writeLong(progress.evaluatedVersion());
    write(progress.evaluation(), out);
    out.writeLong(progress.millis());
    out.writeInt(DropReason.values().length);
    for (DropReason reason : DropReason.values()) {
      out.writeUTF(reason.word());
      out.writeLong(progress.account().dropped().of(reason));
    }
    out.writeLong(progress.account().putBack());
    IntakeFormat.write(progress.intake(), out);
    write(progress.extraCost(), out);
    return out.getCopyOfBuffer();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IOException if the bytes are damaged, or of another format
   */
  public static Progress of(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("the progress has format " + version + ", this side reads " + VERSION);
    }
    try {
      return new Progress(
          in.readLong(),
          readTally(in),
          readTally(in),
          in.readLong(),
          readTally(in),
          in.readLong(),
          new ExampleAccount(readDrops(in), in.readLong(), Map.of()),
          IntakeFormat.read(in),
          readTally(in),
          StepTimes.NONE);
    } catch (IllegalArgumentException e) {
      throw new IOException("the progress is damaged: " + e.getMessage(), e);
    }
  }

  private static Drops readDrops(DataInputView in) throws IOException {
    Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    int reasons = in.readInt();
    for (int i = 0; i < reasons; i++) {
      DropReason reason = DropReason.of(in.readUTF());
      long examples = in.readLong();
      if (examples > 0) {
        dropped.put(reason, examples);
      }
    }
    return new Drops(dropped);
  }

  private static void write(Tally tally, DataOutputView out) throws IOException {
    out.writeLong(tally.examples());
    out.writeDouble(tally.lossSum());
    out.writeLong(tally.correct());
    out.writeLong(tally.invocations());
    out.writeLong(tally.coldStarts());
    out.writeLong(tally.billedMillis());
    out.writeDouble(tally.absoluteErrorSum());
    out.writeLong(tally.replayed());
  }

  private static Tally readTally(DataInputView in) throws IOException {
    return new Tally(
        in.readLong(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readLong());
  }
}
