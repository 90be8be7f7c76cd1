package dev.drey.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.Permutation;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Shards;
import dev.drey.core.work.Round;
import dev.drey.operators.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class AggregateOperatorHarnessTest {

  private static final Structure STRUCTURE = Structure.of(1, 3, 10);
  private static final int PARAMETERS = 7;
  private static final int MAX_PARALLELISM = 128;
  private static final Shards SHARDS = new Shards(PARAMETERS, 2);

  @Test
  void aWindowClosesOnceTheSumsOfAllItsSlotsAreThere() throws Exception {
    try (var harness = harness(2, null, false)) {
      for (int slot = 0; slot < 9; slot++) {
        process(harness, Sums.slot(4, slot, PARAMETERS).over(SHARDS.range(1)));
        assertThat(harness.extractOutputValues()).isEmpty();
      }

      process(harness, Sums.slot(4, 9, PARAMETERS).over(SHARDS.range(1)));

      PartialSum sum = harness.extractOutputValues().get(0);
      assertThat(sum.round()).isEqualTo(Round.training(4));
      assertThat(sum.slots()).isEqualTo(new Range(0, 10));
      assertThat(sum.parameters()).isEqualTo(SHARDS.range(1));
      assertThat(sum.tally().examples()).isEqualTo(20);
      assertThat(sum.tally().lossSum()).isEqualTo(27.5);
      assertThat(sum.values().toArray()).containsExactly(expected(4, 1));
    }
  }

  @Test
  void anyOrderOfRoundsShardsAndSlotsGivesTheSameBits() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      try (var harness = harness(2, null, false)) {
        for (PartialSum sum : shuffled(seed)) {
          process(harness, sum);
        }
        assertThatAllAreRight(harness.extractOutputValues());
      }
    }
  }

  @Test
  void aNodeBelowTheRootAddsUpItsOwnSlots() throws Exception {
    try (var harness = harness(1, null, false)) {
      Range slots = STRUCTURE.slots(1, 1);
      for (int slot = slots.to() - 1; slot >= slots.from(); slot--) {
        process(harness, Sums.slot(0, slot, PARAMETERS).over(SHARDS.range(0)));
      }

      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(harness.extractOutputValues().get(0).slots()).isEqualTo(slots);
    }
  }

  @Test
  void whatComesTwiceCountsOnce() throws Exception {
    try (var harness = harness(2, null, false)) {
      for (int slot = 0; slot < 10; slot++) {
        PartialSum sum = Sums.slot(2, slot, PARAMETERS).over(SHARDS.range(0));
        process(harness, sum);
        if (slot < 9) {
          process(harness, sum);
        }
      }

      List<PartialSum> sums = harness.extractOutputValues();
      assertThat(sums).hasSize(1);
      assertThat(sums.get(0).tally().examples()).isEqualTo(20);
      assertThat(sums.get(0).values().toArray()).containsExactly(expected(2, 0));
    }
  }

  @Test
  void evaluationsAreAddedUpBesideSteps() throws Exception {
    try (var harness = harness(2, null, false)) {
      for (int slot = 0; slot < 10; slot++) {
        process(harness, Sums.evaluation(4, slot));
        process(harness, Sums.slot(4, slot, PARAMETERS).over(SHARDS.range(0)));
      }

      assertThat(harness.extractOutputValues())
          .extracting(sum -> sum.round().kind())
          .containsExactly(Round.Kind.EVALUATION, Round.Kind.TRAINING);
      assertThat(harness.extractOutputValues().get(0).tally().examples()).isEqualTo(20);
    }
  }

  @Test
  void aRestoreAfterEveryInputEndsInTheSameBits() throws Exception {
    List<PartialSum> outputs = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (PartialSum sum : shuffled(1)) {
      try (var harness = harness(2, state, true)) {
        process(harness, sum);
        state = harness.snapshot(1, 1);
        outputs.addAll(harness.extractOutputValues());
      }
    }

    assertThatAllAreRight(outputs);
  }

  /** What a task does after its last checkpoint is lost with it, and its inputs come again. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "2, 1"})
  void aRestoreAtAnyInputAndParallelismEndsInTheSameBits(int before, int after) throws Exception {
    List<PartialSum> inputs = shuffled(7);
    for (int cut = 0; cut <= inputs.size(); cut++) {
      List<PartialSum> outputs = new ArrayList<>();
      OperatorSubtaskState[] states = new OperatorSubtaskState[before];
      for (int task = 0; task < before; task++) {
        try (var harness = harness(2, null, false, before, task)) {
          processOwn(harness, inputs.subList(0, cut), before, task);
          outputs.addAll(harness.extractOutputValues());
          states[task] = harness.snapshot(1, 1);
          processOwn(harness, inputs.subList(cut, inputs.size()), before, task);
        }
      }
      OperatorSubtaskState state = AbstractStreamOperatorTestHarness.repackageState(states);
      for (int task = 0; task < after; task++) {
        OperatorSubtaskState part =
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, after, task);
        try (var harness = harness(2, part, false, after, task)) {
          processOwn(harness, inputs.subList(cut, inputs.size()), after, task);
          outputs.addAll(harness.extractOutputValues());
        }
      }
      assertThatAllAreRight(outputs);
    }
  }

  private static void processOwn(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, PartialSum> harness,
      List<PartialSum> sums,
      int tasks,
      int task)
      throws Exception {
    SumKey key = new SumKey(STRUCTURE, 2, SHARDS, MAX_PARALLELISM);
    for (PartialSum sum : sums) {
      if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
              key.getKey(sum), MAX_PARALLELISM, tasks)
          == task) {
        process(harness, sum);
      }
    }
  }

  @Test
  void checkpointsOfOneRunFollowEachOther() throws Exception {
    OperatorSubtaskState state = null;
    List<PartialSum> inputs = shuffled(2);
    List<PartialSum> outputs = new ArrayList<>();
    try (var harness = harness(2, null, true)) {
      for (PartialSum sum : inputs.subList(0, 30)) {
        process(harness, sum);
        state = harness.snapshot(1, 1);
      }
      outputs.addAll(harness.extractOutputValues());
    }
    try (var harness = harness(2, state, true)) {
      for (PartialSum sum : inputs.subList(30, inputs.size())) {
        process(harness, sum);
      }
      outputs.addAll(harness.extractOutputValues());
    }

    assertThatAllAreRight(outputs);
  }

  @Test
  void noSumStaysInStateOnceAllWindowsAreClosed() throws Exception {
    List<PartialSum> inputs = shuffled(5);
    try (var harness = harness(2, null, false)) {
      for (PartialSum sum : inputs.subList(0, 35)) {
        process(harness, sum);
      }
      harness.snapshot(1, 1);
      assertThat(harness.numKeyedStateEntries()).isGreaterThan(SHARDS.count());
      for (PartialSum sum : inputs.subList(35, inputs.size())) {
        process(harness, sum);
      }

      harness.snapshot(2, 2);

      // Which rounds are closed.
      assertThat(harness.numKeyedStateEntries()).isEqualTo(SHARDS.count());
    }
  }

  /** It would open one that never closes, and stay in state for ever. */
  @Test
  void whatComesForAClosedWindowIsDroppedAfterARestoreToo() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(2, null, false)) {
      for (int slot = 0; slot < 10; slot++) {
        process(harness, Sums.evaluation(2, slot));
        process(harness, Sums.slot(3, slot, PARAMETERS).over(SHARDS.range(0)));
      }
      process(harness, Sums.slot(3, 4, PARAMETERS).over(SHARDS.range(0)));
      state = harness.snapshot(1, 1);
      assertThat(harness.extractOutputValues()).hasSize(2);
    }

    try (var harness = harness(2, state, false)) {
      for (int slot = 0; slot < 10; slot++) {
        process(harness, Sums.evaluation(2, slot));
        process(harness, Sums.slot(3, slot, PARAMETERS).over(SHARDS.range(0)));
        process(harness, Sums.slot(2, slot, PARAMETERS).over(SHARDS.range(0)));
      }
      harness.snapshot(2, 2);

      assertThat(harness.extractOutputValues())
          .extracting(PartialSum::round)
          .containsExactly(Round.training(2));
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    }
  }

  /** Three steps of ten slots and two shards. */
  private static List<PartialSum> shuffled(long seed) {
    List<PartialSum> sums = new ArrayList<>();
    for (int index : Permutation.of(60, seed)) {
      sums.add(Sums.slot(index / 20, index / 2 % 10, PARAMETERS).over(SHARDS.range(index % 2)));
    }
    return sums;
  }

  private static void assertThatAllAreRight(List<PartialSum> outputs) {
    assertThat(outputs).hasSize(6);
    assertThat(outputs)
        .extracting(sum -> sum.round() + "/" + sum.parameters())
        .doesNotHaveDuplicates();
    for (PartialSum sum : outputs) {
      assertThat(sum.slots()).isEqualTo(new Range(0, 10));
      assertThat(sum.tally().examples()).isEqualTo(20);
      assertThat(sum.values().toArray())
          .containsExactly(expected(sum.round().step(), SHARDS.shardOf(sum.parameters().from())));
    }
  }

  private static float[] expected(long step, int shard) {
    Range range = SHARDS.range(shard);
    return Arrays.copyOfRange(Sums.added(STRUCTURE, step, PARAMETERS), range.from(), range.to());
  }

  private static void process(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, PartialSum> harness,
      PartialSum sum)
      throws Exception {
    harness.processElement(new StreamRecord<>(sum));
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, PartialSum> harness(
      int level, @Nullable OperatorSubtaskState state, boolean rocks) throws Exception {
    return harness(level, state, rocks, 1, 0);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, PartialSum> harness(
      int level, @Nullable OperatorSubtaskState state, boolean rocks, int tasks, int task)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new AggregateOperator(STRUCTURE, level, 0),
            new SumKey(STRUCTURE, level, SHARDS, MAX_PARALLELISM),
            Types.INT,
            MAX_PARALLELISM,
            tasks,
            task);
    if (rocks) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    }
    harness.setup(new PartialSumSerializer());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
