package dev.drey.operators.aggregate;

import dev.drey.core.stream.Intake;
import dev.drey.core.stream.Intake.PartitionIntake;
import dev.drey.core.stream.Intake.Written;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Intakes as bytes, which begin with the format's version. An empty intake, as of a data set, takes
 * one byte.
 */
public final class IntakeFormat {

  private static final int VERSION = 2;
  private static final int FIRST_VERSION = 1; // without lost records
  private static final int NONE = 0;

  private IntakeFormat() {}

  /** The bytes of one intake. */
  public static byte[] toBytes(Intake intake) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    write(intake, out);
    return out.getCopyOfBuffer();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static Intake of(byte[] bytes) throws IOException {
    return read(new DataInputDeserializer(bytes));
  }

  /** Partitions are written in sorted order, so that equal intakes have equal bytes. */
  public static void write(Intake intake, DataOutputView out) throws IOException {
    if (intake.isNone()) {
      out.writeByte(NONE);
      return;
    }
    out.writeByte(VERSION);
    out.writeInt(intake.partitions().size());
    for (Map.Entry<String, PartitionIntake> entry : new TreeMap<>(intake.partitions()).entrySet()) {
      PartitionIntake reach = entry.getValue();
      out.writeUTF(entry.getKey());
      out.writeLong(reach.nextOffset());
      out.writeLong(reach.trained());
      out.writeLong(reach.heldOut());
      out.writeLong(reach.rejected());
      out.writeLong(reach.lost());
      out.writeInt(reach.learnt().length);
      out.write(reach.learnt());
    }
    Written written = intake.written();
    out.writeBoolean(written != null);
    if (written != null) {
      out.writeLong(written.oldest());
      out.writeLong(written.newest());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is of another version
   */
  public static Intake read(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version == NONE) {
      return Intake.NONE;
    }
    if (version != VERSION && version != FIRST_VERSION) {
      throw new IOException(
          "an intake has version " + version + ", this side reads up to " + VERSION);
    }
    Map<String, PartitionIntake> partitions = new HashMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      partitions.put(in.readUTF(), readPartition(version, in));
    }
    @Nullable Written written = in.readBoolean() ? new Written(in.readLong(), in.readLong()) : null;
    return new Intake(partitions, written);
  }

  private static PartitionIntake readPartition(int version, DataInputView in) throws IOException {
    long nextOffset = in.readLong();
    long trained = in.readLong();
    long heldOut = in.readLong();
    long rejected = in.readLong();
    long lost = version == FIRST_VERSION ? 0 : in.readLong();
    byte[] learnt = new byte[in.readInt()];
    in.readFully(learnt);
    return new PartitionIntake(nextOffset, trained, heldOut, rejected, lost, learnt);
  }
}
