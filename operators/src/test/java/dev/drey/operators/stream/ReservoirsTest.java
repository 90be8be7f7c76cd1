package dev.drey.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Round;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReservoirsTest {

  private static final int MINI_BATCH = 4;
  private static final int STEPS = 20;
  private static final Shares SHARES = new Shares(Structure.of(1, 3, 10));

  @Test
  void aSlotDrawsWhatItsUnitWasDealt() {
    Reservoirs reservoirs = filled();

    StreamBatch sample = reservoirs.sample(new StreamItem.Replay(STEPS, 5, 15));

    assertThat(sample.replayed()).isTrue();
    assertThat(sample.step()).isEqualTo(STEPS);
    assertThat(sample.slot()).isEqualTo(5);
    assertThat(sample.intake()).isSameAs(Intake.NONE);
    assertThat(sample.examples()).hasSize(MINI_BATCH);
    // Slots 3 to 6 are the second unit; an example's partition is its slot, see filled.
    assertThat(sample.examples())
        .extracting(placed -> placed.position().partition())
        .isSubsetOf("p3", "p4", "p5", "p6");
    assertThat(sample.examples()).allMatch(placed -> placed.position().offset() >= 15 * MINI_BATCH);
    assertThat(reservoirs.sample(new StreamItem.Replay(STEPS, 5, STEPS)).count()).isZero();
  }

  @Test
  void whatIsHeldOutIsNotReplayed() {
    Reservoirs reservoirs = new Reservoirs(SHARES, MINI_BATCH, new Replaying(90, 0.5, 1));
    reservoirs.add(new StreamBatch(Round.evaluation(3), 5, examples(3, 5), Intake.NONE));

    assertThat(reservoirs.sample(new StreamItem.Replay(4, 5, 0)).count()).isZero();
  }

  /** At another parallelism each task reads all, and keeps what is its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void reservoirsGoWithTheirUnits(int tasks) throws IOException {
    Reservoirs all = filled();
    List<byte[]> state = all.toBytes();
    int[] taskOf = SHARES.tasks(tasks);

    int kept = 0;
    for (int task = 0; task < tasks; task++) {
      int now = task;
      Reservoirs part = new Reservoirs(SHARES, MINI_BATCH, new Replaying(90, 0.5, 1));
      for (byte[] unit : state) {
        part.read(unit, index -> taskOf[index] == now);
      }
      kept += part.toBytes().size();
      for (int unit = 0; unit < SHARES.units().size(); unit++) {
        StreamItem.Replay replayed =
            new StreamItem.Replay(STEPS, SHARES.units().get(unit).from(), 7);
        if (taskOf[unit] == task) {
          assertThat(positions(part.sample(replayed)))
              .isNotEmpty()
              .isEqualTo(positions(all.sample(replayed)));
        }
      }
    }
    assertThat(kept).isEqualTo(3);
  }

  @Test
  void stateOfAnotherVersionIsRefused() throws IOException {
    byte[] state = filled().toBytes().get(0);
    state[0] = 9;

    assertThatThrownBy(() -> filled().read(state, unit -> true))
        .isInstanceOf(IOException.class)
        .hasMessage("a reservoir has version 9, this side reads 1");
  }

  /** In turn, and as many as the share says. */
  @Test
  void slotsOfTheShareAreSpreadEvenly() {
    for (double share : new double[] {0.1, 0.25, 0.49, 0.5}) {
      Replaying replaying = new Replaying(10, share, 1);
      for (int slot = 0; slot < 10; slot++) {
        int now = slot;
        long taken = LongStream.range(0, 1000).filter(s -> replaying.takes(s, now)).count();
        assertThat(taken).isBetween(Math.round(1000 * share) - 1, Math.round(1000 * share) + 1);
      }
      for (long step = 0; step < 100; step++) {
        long now = step;
        long taken = LongStream.range(0, 20).filter(s -> replaying.takes(now, (int) s)).count();
        assertThat((double) taken).isBetween(20 * share - 1, 20 * share + 1);
      }
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Replaying(0, 0.5, 1)).hasMessageContaining("examples is 0");
    assertThatThrownBy(() -> new Replaying(1, 1, 1)).hasMessageContaining("share is 1");
    assertThatThrownBy(
            () -> new StreamBatch(Round.evaluation(1), 2, examples(1, 2), Intake.NONE, true))
        .hasMessage("slot 2 of step 1 replays, but evaluates or has read something");
  }

  static Stream<StreamItem> items() {
    return Stream.of(
        new StreamItem.MiniBatch(
            new StreamBatch(Round.training(3), 5, examples(3, 5), Intake.NONE, true)),
        new StreamItem.MiniBatch(
            new StreamBatch(Round.evaluation(3), 5, examples(3, 5), Intake.NONE)),
        new StreamItem.Replay(1L << 40, 7, 3));
  }

  @ParameterizedTest
  @MethodSource("items")
  void itemsComeBackTheSame(StreamItem item) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    StreamItemSerializer.INSTANCE.serialize(item, out);

    StreamItem back =
        StreamItemSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(back).usingRecursiveComparison().isEqualTo(item);
  }

  /** Version 1 ends with the intake: nothing is replayed. */
  @Test
  void miniBatchesOfTheFirstVersionAreRead() throws IOException {
    StreamBatch batch = new StreamBatch(Round.training(3), 5, examples(3, 5), Intake.NONE);
    DataOutputSerializer out = new DataOutputSerializer(64);
    StreamBatchSerializer.INSTANCE.serialize(batch, out);
    int examples = 1 + 1 + Long.BYTES + Integer.BYTES;
    DataOutputSerializer first = new DataOutputSerializer(64);
    first.writeByte(1);
    first.writeLong(3);
    first.writeInt(5);
    first.writeBoolean(true);
    first.write(out.getSharedBuffer(), examples, out.length() - examples - 1);

    DataInputDeserializer in = new DataInputDeserializer(first.getCopyOfBuffer());
    assertThat(StreamBatchSerializer.INSTANCE.deserialize(in))
        .usingRecursiveComparison()
        .isEqualTo(batch);
    assertThat(in.available()).isZero();
  }

  private static Reservoirs filled() {
    Reservoirs reservoirs = new Reservoirs(SHARES, MINI_BATCH, new Replaying(90, 0.5, 1));
    for (long step = 0; step < STEPS; step++) {
      for (int slot = 0; slot < 10; slot++) {
        reservoirs.add(
            new StreamBatch(Round.training(step), slot, examples(step, slot), Intake.NONE));
      }
    }
    return reservoirs;
  }

  /** Of a step and slot: of the partition of the slot, as if it were its own. */
  private static List<PlacedExample> examples(long step, int slot) {
    return LongStream.range(step * MINI_BATCH, (step + 1) * MINI_BATCH)
        .mapToObj(
            offset ->
                new PlacedExample(
                    new Position("p" + slot, offset),
                    new Example(new float[] {step, slot}, new float[] {offset}, false)))
        .toList();
  }

  private static List<Position> positions(StreamBatch batch) {
    return batch.examples().stream().map(PlacedExample::position).toList();
  }
}
