package dev.drey.operators.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.blob.Blob;
import dev.drey.core.data.RowBatch;
import dev.drey.core.data.StepPlan;
import dev.drey.core.parameters.Range;
import dev.drey.core.work.Round;
import dev.drey.operators.coordination.LoopEvent;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class MiniBatchSourceTest {

  private static final int AHEAD = 3;
  private static final int STEPS = 11;

  @ParameterizedTest
  @CsvSource({"1-4, 1", "1-4, 3", "1-2-4, 2", "1-3-10, 1", "1-3-10, 2", "1-3-10, 3"})
  void everySlotOfEveryRoundIsDealtOnce(String text, int tasks) {
    Structure structure = Structure.parse(text);
    TestingReaders readers = new TestingReaders(plan(structure), structure, AHEAD, tasks, null);

    for (long version = 0; version <= STEPS; version++) {
      readers.send(new LoopEvent.VersionReached(version));
      readers.pollAll();
    }

    assertThat(names(readers.all()))
        .containsExactlyInAnyOrderElementsOf(expected(structure, STEPS));
    for (int task = 0; task < tasks; task++) {
      assertThat(readers.poll(task)).isEqualTo(InputStatus.END_OF_INPUT);
      assertThat(readers.reader(task).isAvailable()).isDone();
    }
  }

  @Test
  void aTaskDealsWholeUnitsAndRoundsInOrder() {
    Structure structure = Structure.of(1, 3, 10);
    Shares shares = new Shares(structure);
    TestingReaders readers = new TestingReaders(plan(structure), structure, STEPS, 2, null);
    readers.send(new LoopEvent.VersionReached(1));

    readers.pollAll();

    for (int task = 0; task < 2; task++) {
      List<RowBatch> emitted = readers.emitted.get(task);
      assertThat(emitted)
          .extracting(m -> 2 * m.step() + (m.round().kind() == Round.Kind.TRAINING ? 1 : 0))
          .isSorted();
      for (RowBatch miniBatch : emitted) {
        assertThat(shares.tasks(2)[unitOf(shares, miniBatch.slot())]).isEqualTo(task);
      }
    }
  }

  @Test
  void nothingIsDealtBeforeTheServerIsThere() {
    Structure structure = Structure.of(1, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, AHEAD, 1, null);
    CompletableFuture<Void> available = readers.reader(0).isAvailable();

    assertThat(readers.poll(0)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(readers.all()).isEmpty();
    assertThat(available).isNotDone();

    readers.send(new LoopEvent.VersionReached(0));
    assertThat(available).isDone();
    assertThat(readers.reader(0).isAvailable()).isDone();
  }

  @Test
  void noMoreIsDealtThanMaySoonBeComputed() {
    Structure structure = Structure.of(1, 2, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, AHEAD, 2, null);
    for (long version = 0; version + AHEAD < STEPS; version++) {
      readers.send(new LoopEvent.VersionReached(version));
      readers.pollAll();

      long last = readers.all().stream().mapToLong(RowBatch::step).max().orElseThrow();
      assertThat(last).isEqualTo(version + AHEAD - 1);
      assertThat(readers.poll(0)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
      assertThat(readers.reader(0).isAvailable()).isNotDone();
    }
  }

  @Test
  void aRunThatStopsEndsWithItsLastVersionsEvaluation() {
    Structure structure = Structure.of(1, 2, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, STEPS, 2, null);
    readers.send(new LoopEvent.StopAt(4));
    readers.send(new LoopEvent.VersionReached(4));

    readers.pollAll();

    assertThat(names(readers.all())).containsExactlyInAnyOrderElementsOf(expected(structure, 4));
    assertThat(readers.poll(0)).isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void aStopThatComesLateDealsNothingMore() {
    Structure structure = Structure.of(1, 2, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, 6, 2, null);
    readers.send(new LoopEvent.VersionReached(1));
    readers.pollAll();
    int emitted = readers.all().size();

    readers.send(new LoopEvent.StopAt(2));
    readers.send(new LoopEvent.VersionReached(2));

    assertThat(readers.poll(0)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(readers.poll(1)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(readers.all()).hasSize(emitted);
  }

  /** Flink fails the job over an event for a task that has finished. */
  @ParameterizedTest
  @CsvSource({"11, 11", "2, 2", "2, 3"})
  void readersEndWithTheLastVersionAndAreToldNothingAfter(long stopAt, long reached) {
    Structure structure = Structure.of(1, 2, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, STEPS, 2, null);
    readers.send(new LoopEvent.StopAt(stopAt));
    readers.send(new LoopEvent.VersionReached(stopAt - 1));
    readers.pollAll();
    assertThat(names(readers.all()))
        .containsExactlyInAnyOrderElementsOf(expected(structure, (int) stopAt));
    assertThat(readers.poll(0)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(readers.reader(0).isAvailable()).isNotDone();

    readers.send(new LoopEvent.VersionReached(reached));
    int sent = readers.sent();

    assertThat(readers.reader(0).isAvailable()).isDone();
    assertThat(readers.poll(0)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(readers.poll(1)).isEqualTo(InputStatus.END_OF_INPUT);
    readers.send(new LoopEvent.VersionReached(reached));
    readers.send(new LoopEvent.StopAt(stopAt));
    assertThat(readers.sent()).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "1-4, 1, 3",
    "1-4, 4, 2",
    "1-2-4, 2, 1",
    "1-3-10, 1, 3",
    "1-3-10, 3, 2",
    "1-3-10, 2, 2"
  })
  void aRestoreAtAnyParallelismDealsTheRestOnce(String text, int before, int after) {
    Structure structure = Structure.parse(text);
    StepPlan plan = plan(structure);
    Random random = new Random(text.hashCode());
    for (int run = 0; run < 30; run++) {
      TestingReaders first = new TestingReaders(plan, structure, AHEAD, before, null);
      long version = 0;
      first.send(new LoopEvent.VersionReached(version));
      for (int polls = random.nextInt(200); polls > 0; polls--) {
        first.poll(random.nextInt(before));
        if (random.nextInt(10) == 0) {
          version = Math.min(version + 1, STEPS);
          first.send(new LoopEvent.VersionReached(version));
        }
      }
      List<UnitSplit> splits = first.snapshot();
      assertThat(first.enumerator().snapshotState(1)).isTrue();

      TestingReaders second = new TestingReaders(plan, structure, AHEAD, after, travelled(splits));
      for (; version <= STEPS; version++) {
        second.send(new LoopEvent.VersionReached(version));
        second.pollAll();
      }

      List<RowBatch> all = new ArrayList<>(first.all());
      all.addAll(second.all());
      assertThat(names(all)).containsExactlyInAnyOrderElementsOf(expected(structure, STEPS));
      for (int task = 0; task < after; task++) {
        assertThat(second.poll(task)).isEqualTo(InputStatus.END_OF_INPUT);
      }
    }
  }

  /** The stop that ended a unit may be undone by a restore, so the unit must not be lost. */
  /** Restored after every single mini-batch, each time at another parallelism. */
  @ParameterizedTest
  @CsvSource({"1-4", "1-2-4", "1-3-10"})
  void aRestoreAfterEveryMiniBatchDealsTheRestOnce(String text) {
    Structure structure = Structure.parse(text);
    StepPlan plan = plan(structure);
    List<RowBatch> all = new ArrayList<>();
    List<UnitSplit> splits = null;
    int count = expected(structure, STEPS).size();
    for (int run = 0; run <= count; run++) {
      int tasks = 1 + run % 3;
      TestingReaders readers = new TestingReaders(plan, structure, AHEAD, tasks, splits);
      readers.send(new LoopEvent.VersionReached(STEPS));
      for (int i = 0; i < tasks && readers.all().isEmpty(); i++) {
        readers.poll((run + i) % tasks);
      }
      all.addAll(readers.all());
      splits = travelled(readers.snapshot());
    }

    assertThat(names(all)).containsExactlyInAnyOrderElementsOf(expected(structure, STEPS));
  }

  @Test
  void unitsThatAStopEndedAreStillInTheSnapshot() {
    Structure structure = Structure.of(1, 2, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, AHEAD, 2, null);
    readers.send(new LoopEvent.StopAt(0));

    assertThat(readers.snapshot()).extracting(UnitSplit::unit).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void whatTheLoopToldBeforeIsToldToWhoRegistersLate() {
    Structure structure = Structure.of(1, 2, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, AHEAD, 1, null);
    readers.send(new LoopEvent.VersionReached(2));
    readers.pollAll();
    int emitted = readers.all().size();
    readers.register(0, List.of());
    readers.pollAll();

    assertThat(emitted).isPositive();
    assertThat(readers.all()).hasSize(emitted);
  }

  /** Else readers that start again deal out far more than the dispatch operator has room for. */
  @Test
  void aVersionFromBeforeAFailureIsForgotten() {
    Structure structure = Structure.of(1, 2, 4);
    StepPlan plan = plan(structure);
    TestingReaders readers = new TestingReaders(plan, structure, AHEAD, 1, null);
    readers.send(new LoopEvent.VersionReached(8));

    readers
        .enumerator()
        .addSplitsBack(
            List.of(
                new UnitSplit(0, Round.evaluation(0), 0), new UnitSplit(1, Round.evaluation(0), 0)),
            0);
    MiniBatchReader restarted = new MiniBatchReader(plan, new Shares(structure), AHEAD);
    readers.replace(0, restarted);
    readers.register(0, List.of());

    assertThat(readers.poll(0)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    readers.send(new LoopEvent.VersionReached(0));
    readers.pollAll();
    assertThat(readers.all().stream().mapToLong(RowBatch::step).max()).hasValue(AHEAD - 1);
  }

  @Test
  void nothingIsDealtUntilAllReadersAreThere() {
    Structure structure = Structure.of(1, 2, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, AHEAD, 2, null);

    assertThat(readers.reader(0).snapshotState(1))
        .containsExactly(new UnitSplit(0, Round.training(0), 0));
    assertThat(readers.reader(1).snapshotState(1))
        .containsExactly(new UnitSplit(1, Round.training(0), 0));
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "5, 2"})
  void aStructureThatTakesThePlaceOfAnotherIsDealtTheRest(long firstStep, int tasks) {
    Structure structure = Structure.of(1, 3, 10);
    TestingReaders readers =
        new TestingReaders(plan(structure), structure, firstStep, STEPS, tasks, null);
    readers.send(new LoopEvent.VersionReached(firstStep));

    readers.pollAll();

    List<String> before = expected(structure, (int) firstStep);
    before.removeIf(name -> name.startsWith("EVALUATION " + firstStep + "/"));
    List<String> all = new ArrayList<>(before);
    all.addAll(names(readers.all()));
    assertThat(all).containsExactlyInAnyOrderElementsOf(expected(structure, STEPS));
  }

  @Test
  void strangeEventsAreRefused() {
    Structure structure = Structure.of(1, 4);
    TestingReaders readers = new TestingReaders(plan(structure), structure, AHEAD, 1, null);

    assertThatThrownBy(() -> readers.reader(0).handleSourceEvents(new StrangeEvent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("StrangeEvent");
  }

  @Test
  void aPlanOfOtherSlotsIsRefused() {
    assertThatThrownBy(
            () ->
                new MiniBatchSource(
                    plan(Structure.of(1, 4)), Structure.of(1, 5), 0, AHEAD, List.of()))
        .hasMessage("the plan has 4 slots, structure [1,5] has 5");
  }

  @Test
  void stateOfAnotherFormatIsRefused() {
    Structure structure = Structure.of(1, 4);
    MiniBatchSource source = new MiniBatchSource(plan(structure), structure, 0, AHEAD, List.of());

    assertThatThrownBy(() -> source.getSplitSerializer().deserialize(9, new byte[16]))
        .isInstanceOf(IOException.class)
        .hasMessage("split has version 9, this side reads up to 2");
    assertThatThrownBy(() -> source.getSplitSerializer().deserialize(1, new byte[15]))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> source.getEnumeratorCheckpointSerializer().deserialize(1, new byte[2]))
        .isInstanceOf(IOException.class);
  }

  private static SimpleVersionedSerializer<Boolean> state(Blob.Reference... files) {
    Structure structure = Structure.of(1, 4);
    return new MiniBatchSource(plan(structure), structure, 0, AHEAD, List.of(files))
        .getEnumeratorCheckpointSerializer();
  }

  private static Blob.Reference file(String name, long bytes, String crc32c) {
    return new Blob.Reference(URI.create("file:///data/" + name), bytes, crc32c);
  }

  @Test
  void stateOfTheSameFilesIsReadWhereverTheyAre() throws IOException {
    byte[] saved =
        state(file("x.npy", 10, "0000000a"), file("y.npy", 5, "0000000b")).serialize(true);

    assertThat(
            state(file("moved/x.npy", 10, "0000000a"), file("y.npy", 5, "0000000b"))
                .deserialize(2, saved))
        .isTrue();
  }

  @Test
  void stateOfFilesThatHaveChangedIsRefused() throws IOException {
    byte[] saved =
        state(file("x.npy", 10, "0000000a"), file("y.npy", 5, "0000000b")).serialize(true);

    assertThatThrownBy(
            () ->
                state(file("x.npy", 10, "0000000a"), file("y.npy", 5, "0000000c"))
                    .deserialize(2, saved))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "file:///data/y.npy has 5 bytes and CRC-32C 0000000c; the checkpoint is of"
                + " file:///data/y.npy with 5 bytes and CRC-32C 0000000b, and can only continue"
                + " with the same rows");
    assertThatThrownBy(() -> state(file("x.npy", 10, "0000000a")).deserialize(2, saved))
        .hasMessage("the checkpoint is of a data set of 2 files, this one has 1");
  }

  @Test
  void stateFromBeforeFilesWereKeptIsRead() throws IOException {
    assertThat(state(file("x.npy", 10, "0000000a")).deserialize(1, new byte[] {1})).isTrue();
  }

  private record StrangeEvent() implements SourceEvent {
    private static final long serialVersionUID = 1L;
  }

  private static StepPlan plan(Structure structure) {
    return new StepPlan(
        new StepPlan.Settings(
            new int[4 * 2 * structure.slots()],
            new int[5],
            structure.slots(),
            2,
            1,
            new StepPlan.Length.Steps(STEPS)));
  }

  /** All rounds up to a version; every fourth one is evaluated, and the last of the plan. */
  private static List<String> expected(Structure structure, int steps) {
    List<String> names = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      for (int slot = 0; slot < structure.slots(); slot++) {
        names.add("TRAINING " + step + "/" + slot);
        if ((step + 1) % 4 == 0 || step + 1 == STEPS) {
          names.add("EVALUATION " + (step + 1) + "/" + slot);
        }
      }
    }
    return names;
  }

  private static List<String> names(List<RowBatch> miniBatches) {
    return miniBatches.stream()
        .map(m -> m.round().kind() + " " + m.step() + "/" + m.slot())
        .toList();
  }

  private static int unitOf(Shares shares, int slot) {
    return IntStream.range(0, shares.units().size())
        .filter(unit -> shares.units().get(unit).contains(new Range(slot, slot + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** As bytes and back. */
  private static List<UnitSplit> travelled(List<UnitSplit> splits) {
    SimpleVersionedSerializer<UnitSplit> serializer = new UnitSplitSerializer();
    return splits.stream()
        .map(
            split -> {
              try {
                return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }
}
