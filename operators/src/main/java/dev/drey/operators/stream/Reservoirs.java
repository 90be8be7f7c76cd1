package dev.drey.operators.stream;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Reservoir;
import dev.drey.core.work.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The examples that a task may replay: one reservoir for each of its units of slots, filled with
 * the examples of the unit's mini-batches, in their order. Not thread-safe.
 */
final class Reservoirs {

  private static final int VERSION = 1;

  private final Shares shares;
  private final int miniBatch;
  private final Replaying replaying;
  private final Map<Integer, Reservoir> units = new TreeMap<>();

  /**
   * @param miniBatch the largest number of examples sampled for a slot
   */
  Reservoirs(Shares shares, int miniBatch, Replaying replaying) {
    this.shares = shares;
    this.miniBatch = miniBatch;
    this.replaying = replaying;
  }

  /** Adds the examples of a new mini-batch. */
  void add(StreamBatch batch) {
    if (batch.round().isTraining() && batch.count() > 0) {
      Reservoir reservoir = of(unit(batch.slot()));
      for (PlacedExample example : batch.examples()) {
        reservoir.add(new Reservoir.Entry(batch.step(), example));
      }
    }
  }

  /** Samples a mini-batch; it is empty if the unit has had no examples since that step. */
  StreamBatch sample(StreamItem.Replay replay) {
    long seed = Reservoir.mix(Reservoir.mix(replaying.seed(), replay.step()), (long) replay.slot());
    List<PlacedExample> sample = of(unit(replay.slot())).sample(replay.since(), miniBatch, seed);
    return new StreamBatch(Round.training(replay.step()), replay.slot(), sample, Intake.NONE, true);
  }

  private Reservoir of(int unit) {
    return units.computeIfAbsent(
        unit, u -> new Reservoir(replaying.perUnit(shares.units().size()), replaying.seed()));
  }

  private int unit(int slot) {
    List<Range> all = shares.units();
    for (int unit = 0; unit < all.size(); unit++) {
      if (slot < all.get(unit).to()) {
        return unit;
      }
    }
    throw new IllegalArgumentException("slot " + slot + " is of none of " + all.size() + " units");
  }

  /** One array per unit, which begins with the format's version. */
  List<byte[]> toBytes() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (Map.Entry<Integer, Reservoir> unit : units.entrySet()) {
      List<Reservoir.Entry> entries = unit.getValue().entries();
      DataOutputSerializer out = new DataOutputSerializer(256);
      out.writeByte(VERSION);
      out.writeInt(unit.getKey());
      out.writeInt(entries.size());
      for (Reservoir.Entry entry : entries) {
        out.writeLong(entry.step());
        ExampleFormat.write(entry.placed(), out);
      }
      all.add(out.getCopyOfBuffer());
    }
    return all;
  }

  /**
   * Reads the reservoir of one unit that {@link #toBytes} wrote.
   *
   * @param mine whether this task has the unit now; other units are ignored
   */
  void read(byte[] bytes, IntPredicate mine) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("a reservoir has version " + version + ", this side reads " + VERSION);
    }
    int unit = in.readInt();
    if (!mine.test(unit)) {
      return;
    }
    for (int left = in.readInt(); left > 0; left--) {
      of(unit).add(new Reservoir.Entry(in.readLong(), ExampleFormat.readExample(in)));
    }
  }
}
