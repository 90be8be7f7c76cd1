package dev.drey.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.ExampleIds;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.Intake.PartitionIntake;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Round;
import dev.drey.operators.Sums;
import dev.drey.operators.type.SerializedType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PartialSumSerializerTest {

  /** Version, round, two ranges, tally, the number of what was dropped, and no intake. */
  private static final int HEADER = 1 + 9 + 16 + 64 + 4 + 1;

  /** Where the kind of the round is: behind the version and the reason. */
  private static final int KIND_OF_LATE = 1 + Short.BYTES + "late".length();

  private final PartialSumSerializer serializer = new PartialSumSerializer();

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8191, 8192, 8193, 30_000})
  void sumsComeBackTheSame(int parameters) throws Exception {
    PartialSum sum = Sums.slot(7, 3, parameters);

    assertThat(read(serializer, written(serializer, sum))).isEqualTo(sum);
  }

  @Test
  void sumsOneAfterAnotherComeBackTheSame() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    List<PartialSum> sums =
        List.of(Sums.slot(0, 0, 9000), Sums.evaluation(3, 1), Sums.slot(1, 2, 3));
    for (PartialSum sum : sums) {
      serializer.serialize(sum, out);
    }

    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (PartialSum sum : sums) {
      assertThat(serializer.deserialize(in)).isEqualTo(sum);
    }
    assertThat(in.available()).isZero();
  }

  @Test
  void aSliceIsWrittenAsWhatItShows() throws Exception {
    PartialSum part = Sums.slot(7, 3, 20_000).over(new Range(9_000, 18_500));

    byte[] bytes = written(serializer, part);

    assertThat(bytes).hasSize(HEADER + 9_500 * Float.BYTES);
    assertThat(read(serializer, bytes)).isEqualTo(part);
  }

  @Test
  void anEvaluationHasNoValues() throws Exception {
    PartialSum sum = Sums.evaluation(4, 2);

    assertThat(read(serializer, written(serializer, sum))).isEqualTo(sum);
  }

  @Test
  void whatWasDroppedComesBackTheSame() throws Exception {
    PartialSum sum = Sums.lacking(Sums.slot(7, 3, 5), DropReason.NOT_FINITE, 4, 2, 1_000_000);
    sum = Sums.lacking(sum, DropReason.LATE, 9);

    assertThat(read(serializer, written(serializer, sum))).isEqualTo(sum);
  }

  @Test
  void whatWasTakenInComesBackTheSame() throws Exception {
    Intake intake =
        new Intake(
            Map.of("p0", new PartitionIntake(9, 5, 3, 1, new byte[] {4, 2})),
            new Intake.Written(12, 30));

    PartialSum read = read(serializer, written(serializer, with(intake)));

    assertThat(read).usingRecursiveComparison().isEqualTo(with(intake));
    assertThat(read.intake().partitions().get("p0").learnt()).containsExactly(4, 2);
  }

  @Test
  void rowsOfTheFirstVersionAreRead() throws Exception {
    Dropped dropped = new Dropped(DropReason.LATE, Round.training(7), 3, new int[] {4, 2}, "late");
    DataOutputSerializer out = new DataOutputSerializer(64);
    DroppedSerializer.INSTANCE.serialize(dropped, out);
    byte[] now = out.getCopyOfBuffer();
    int rows = Integer.BYTES + 2 * Integer.BYTES;
    byte[] then = new byte[now.length - 1];
    System.arraycopy(now, 0, then, 0, now.length - rows - 1);
    System.arraycopy(now, now.length - rows, then, now.length - rows - 1, rows);
    then[0] = 1;

    assertThat(DroppedSerializer.INSTANCE.deserialize(new DataInputDeserializer(then)))
        .isEqualTo(dropped);
  }

  @Test
  void droppedRecordsOfAStreamComeBackTheSame() throws Exception {
    Dropped dropped =
        new Dropped(
            DropReason.FAULTY,
            Round.evaluation(7),
            3,
            new ExampleIds.Records(List.of(new Position("p0", 4), new Position("p1", 1L << 40))),
            "why");
    DataOutputSerializer out = new DataOutputSerializer(64);
    DroppedSerializer.INSTANCE.serialize(dropped, out);

    assertThat(
            DroppedSerializer.INSTANCE.deserialize(
                new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(dropped);
  }

  private static PartialSum with(Intake intake) {
    PartialSum sum = Sums.slot(7, 3, 5);
    return new PartialSum(
        sum.round(),
        sum.parameters(),
        sum.slots(),
        sum.tally(),
        sum.dropped(),
        intake,
        sum.values());
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    byte[] bytes = written(serializer, Sums.slot(7, 3, 5));
    bytes[0] = 5;

    assertThatThrownBy(() -> read(serializer, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("a sum has version 5, this side reads up to 4");
  }

  @Test
  void sumsOfTheFirstVersionAreRead() throws Exception {
    PartialSum sum = Sums.slot(7, 3, 5);
    byte[] bytes = written(serializer, sum);
    int values = HEADER;
    int dropped = values - 1 - Integer.BYTES;
    int errors = dropped - Long.BYTES - Double.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length - Double.BYTES - Long.BYTES - 1);
    buffer.put(bytes, 0, errors).put(bytes, dropped, Integer.BYTES);
    byte[] first = buffer.put(bytes, values, bytes.length - values).array();
    first[0] = 1;

    assertThat(read(serializer, first)).isEqualTo(sum);
  }

  /** Version 2 has no replayed examples. */
  @Test
  void sumsOfTheSecondVersionAreRead() throws Exception {
    PartialSum sum = Sums.slot(7, 3, 5);
    byte[] bytes = written(serializer, sum);
    int dropped = HEADER - 1 - Integer.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length - Long.BYTES);
    buffer.put(bytes, 0, dropped - Long.BYTES);
    byte[] second = buffer.put(bytes, dropped, bytes.length - dropped).array();
    second[0] = 2;

    assertThat(read(serializer, second)).isEqualTo(sum);
  }

  /** Up to version 3 the kind of the round was a boolean: whether it is a training step. */
  @ParameterizedTest
  @CsvSource({"1, 1", "0, 2"})
  void theKindOfARoundIsReadAsThirdVersionsWroteIt(byte then, byte now) throws Exception {
    byte[] bytes = written(serializer, Sums.evaluation(7, 3));
    bytes[0] = 3;
    bytes[1] = then;

    assertThat(read(serializer, bytes).round()).isEqualTo(new Round(Round.Kind.of(now), 7));
  }

  @Test
  void theKindOfDroppedExamplesIsReadAsTheSecondVersionWroteIt() throws Exception {
    Dropped dropped =
        new Dropped(DropReason.LATE, Round.evaluation(7), 3, new int[] {4, 2}, "late");
    byte[] bytes = written(dropped);
    bytes[0] = 2;
    bytes[KIND_OF_LATE] = 0;

    assertThat(DroppedSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
        .isEqualTo(dropped);
  }

  @Test
  void aRoundOfUnknownKindIsRefused() throws Exception {
    byte[] sum = written(serializer, Sums.slot(7, 3, 5));
    sum[1] = 6;
    byte[] dropped =
        written(new Dropped(DropReason.LATE, Round.training(7), 3, new int[] {4}, "late"));
    dropped[KIND_OF_LATE] = 7;

    assertThatThrownBy(() -> read(serializer, sum))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a round is of kind 6");
    assertThatThrownBy(
            () -> DroppedSerializer.INSTANCE.deserialize(new DataInputDeserializer(dropped)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a round is of kind 7");
  }

  private static byte[] written(Dropped dropped) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    DroppedSerializer.INSTANCE.serialize(dropped, out);
    return out.getCopyOfBuffer();
  }

  @Test
  void talliesComeBackTheSame() throws Exception {
    PartialSum sum =
        new PartialSum(
            Round.training(3),
            new Range(0, 0),
            new Range(0, 1),
            new Tally(1, 2, 3, 4, 5, 6, 7.5, 8),
            Slice.EMPTY);

    assertThat(read(serializer, written(serializer, sum))).isEqualTo(sum);
  }

  @Test
  void bytesAreCopiedAsTheyAre() throws Exception {
    byte[] bytes = written(serializer, Sums.slot(7, 3, 10_000));
    DataOutputSerializer out = new DataOutputSerializer(64);

    serializer.copy(new DataInputDeserializer(bytes), out);

    assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @Test
  void aSerializerThatTravelledWorks() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(serializer);
    }
    PartialSum sum = Sums.slot(7, 3, 10_000);
    PartialSumSerializer travelled;
    try (ObjectInputStream objects =
        new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      travelled = (PartialSumSerializer) objects.readObject();
    }

    assertThat(read(travelled, written(travelled, sum))).isEqualTo(sum);
    assertThat(travelled).isEqualTo(serializer);
  }

  /** Were the block shared, two threads would mix up their values. */
  @Test
  void duplicatesDoNotDisturbEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Boolean>> work =
          IntStream.range(0, 2)
              .mapToObj(
                  slot -> {
                    PartialSumSerializer own = serializer.duplicate();
                    assertThat(own).isNotSameAs(serializer);
                    PartialSum sum = Sums.slot(7, slot, 20_000);
                    return (Callable<Boolean>) () -> comesBackAlways(own, sum);
                  })
              .toList();
      for (Future<Boolean> result : threads.invokeAll(work)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean comesBackAlways(PartialSumSerializer serializer, PartialSum sum)
      throws Exception {
    for (int i = 0; i < 100; i++) {
      if (!read(serializer, written(serializer, sum)).equals(sum)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void stateOfTheSameFormatIsReadAsItIs() throws Exception {
    TypeSerializerSnapshot<PartialSum> snapshot = serializer.snapshotConfiguration();
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);

    TypeSerializerSnapshot<PartialSum> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    TypeSerializer<PartialSum> again = restored.restoreSerializer();
    PartialSum sum = Sums.slot(7, 3, 100);
    assertThat(read(again, written(serializer, sum))).isEqualTo(sum);
  }

  @Test
  void theTypeGivesEveryUserASerializerOfItsOwn() {
    SerializedType<PartialSum> type = new SerializedType<>(PartialSum.class, serializer);

    assertThat(type.createSerializer(new SerializerConfigImpl()))
        .isInstanceOf(PartialSumSerializer.class)
        .isNotSameAs(serializer);
  }

  private static byte[] written(TypeSerializer<PartialSum> serializer, PartialSum sum)
      throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(sum, out);
    return out.getCopyOfBuffer();
  }

  private static PartialSum read(TypeSerializer<PartialSum> serializer, byte[] bytes)
      throws Exception {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    PartialSum sum = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return sum;
  }
}
