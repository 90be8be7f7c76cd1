package dev.drey.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Round;
import dev.drey.operators.aggregate.IntakeFormat;
import dev.drey.operators.minibatch.UnitSplit;
import dev.drey.operators.minibatch.UnitSplitSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What checkpoints hold of rounds, as earlier versions wrote it and as it is written now. */
class StreamFormatsTest {

  private static final List<PlacedExample> EXAMPLES =
      List.of(
          new PlacedExample(
              new Position("p0", 41), new Example(new float[] {1, 2}, new float[] {0}, false)));

  private static final StreamSplitSerializer<UnitSplit> SPLITS =
      new StreamSplitSerializer<>(new UnitSplitSerializer());

  static List<Round> rounds() {
    return List.of(Round.training(7), Round.evaluation(7));
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void miniBatchesComeBackTheSame(Round round) throws IOException {
    StreamBatch batch = new StreamBatch(round, 5, EXAMPLES, Intake.NONE);
    DataOutputSerializer out = new DataOutputSerializer(64);
    StreamBatchSerializer.INSTANCE.serialize(batch, out);

    assertThat(read(out)).usingRecursiveComparison().isEqualTo(batch);
  }

  /** Version 2: the step, the slot, and whether it is one of training. */
  @ParameterizedTest
  @MethodSource("rounds")
  void miniBatchesOfTheSecondVersionAreRead(Round round) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(2);
    out.writeLong(round.step());
    out.writeInt(5);
    out.writeBoolean(round.isTraining());
    ExampleFormat.write(EXAMPLES, out);
    IntakeFormat.write(Intake.NONE, out);
    out.writeBoolean(false);

    assertThat(read(out))
        .usingRecursiveComparison()
        .isEqualTo(new StreamBatch(round, 5, EXAMPLES, Intake.NONE));
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 3, 77})
  void aMiniBatchOfAnUnknownKindIsRefused(byte kind) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    StreamBatchSerializer.INSTANCE.serialize(
        new StreamBatch(Round.training(7), 5, EXAMPLES, Intake.NONE), out);
    out.getSharedBuffer()[1] = kind;

    assertThatThrownBy(() -> read(out))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a round is of kind " + kind);
  }

  @Test
  void aMiniBatchOfALaterVersionIsRefused() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(4);

    assertThatThrownBy(() -> read(out))
        .hasMessage("a mini-batch has version 4, this side reads up to 3");
  }

  @Test
  void intakesComeBackTheSame() throws IOException {
    Intake intake =
        new Intake(
            Map.of("p0", new Intake.PartitionIntake(99, 5, 3, 1, 40, new byte[] {4, 2})),
            new Intake.Written(3, 8));

    assertThat(IntakeFormat.of(IntakeFormat.toBytes(intake)))
        .usingRecursiveComparison()
        .isEqualTo(intake);
  }

  /** Version 1 has no lost records. */
  @Test
  void intakesOfTheFirstVersionAreRead() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(1);
    out.writeInt(1);
    out.writeUTF("p0");
    for (long number : List.of(9L, 5L, 3L, 1L)) {
      out.writeLong(number);
    }
    out.writeInt(1);
    out.writeByte(7);
    out.writeBoolean(false);

    assertThat(IntakeFormat.of(out.getCopyOfBuffer()))
        .usingRecursiveComparison()
        .isEqualTo(
            new Intake(Map.of("p0", new Intake.PartitionIntake(9, 5, 3, 1, new byte[] {7})), null));
  }

  private static StreamBatch read(DataOutputSerializer out) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    StreamBatch batch = StreamBatchSerializer.INSTANCE.deserialize(in);
    assertThat(in.available()).isZero();
    return batch;
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void unitsComeBackTheSame(Round round) throws IOException {
    StreamSplit unit = unit(round);

    assertThat(SPLITS.deserialize(2, SPLITS.serialize(unit)))
        .usingRecursiveComparison()
        .isEqualTo(unit);
  }

  /** Version 1 has the round as 2 v + 1 for step v, and as 2 v for the evaluation of version v. */
  @ParameterizedTest
  @MethodSource("rounds")
  void unitsOfTheFirstVersionAreRead(Round round) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(0);
    out.writeInt(4);
    out.writeLong(2 * round.step() + (round.isTraining() ? 1 : 0));
    out.writeInt(3);
    ExampleFormat.write(EXAMPLES, out);
    ExampleFormat.write(List.of(), out);
    IntakeFormat.write(Intake.NONE, out);

    assertThat(SPLITS.deserialize(1, out.getCopyOfBuffer()))
        .usingRecursiveComparison()
        .isEqualTo(unit(round));
  }

  @Test
  void aUnitInARoundOfUnknownKindIsRefused() throws IOException {
    byte[] bytes = SPLITS.serialize(unit(Round.training(7)));
    bytes[1 + Integer.BYTES] = 9;

    assertThatThrownBy(() -> SPLITS.deserialize(2, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a round is of kind 9");
  }

  private static StreamSplit unit(Round round) {
    return new StreamSplit.Unit(new UnitSplit(4, round, 3), EXAMPLES, List.of(), Intake.NONE);
  }
}
