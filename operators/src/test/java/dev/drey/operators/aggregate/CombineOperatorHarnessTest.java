package dev.drey.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.MergeTree;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.PartialSums;
import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Shards;
import dev.drey.core.work.Round;
import dev.drey.operators.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class CombineOperatorHarnessTest {

  private static final int PARAMETERS = 7;
  private static final Shards SHARDS = new Shards(PARAMETERS, 3);
  private static final Structure TWO_NODES = Structure.of(1, 2, 4);
  private static final int STEPS_AHEAD = 3;
  private static final int MAX_PARALLELISM = 128;

  @Test
  void whatWasDispatchedHereIsAddedUpAndCutIntoShards() throws Exception {
    try (var harness = harness(TWO_NODES, 2, 0, null)) {
      process(harness, Sums.slot(5, 1, PARAMETERS));
      assertThat(harness.extractOutputValues()).isEmpty();

      process(harness, Sums.slot(5, 0, PARAMETERS));

      List<PartialSum> sums = harness.extractOutputValues();
      assertThat(sums).extracting(PartialSum::slots).containsOnly(new Range(0, 2));
      assertThat(sums)
          .extracting(PartialSum::parameters)
          .containsExactly(SHARDS.range(0), SHARDS.range(1), SHARDS.range(2));
      float[] left = Sums.values(5, 0, PARAMETERS);
      float[] right = Sums.values(5, 1, PARAMETERS);
      for (PartialSum sum : sums) {
        assertThat(sum.tally().examples()).isEqualTo(4);
        for (int i = 0; i < sum.values().length(); i++) {
          int at = sum.parameters().from() + i;
          assertThat(sum.values().get(i)).isEqualTo(left[at] + right[at]);
        }
      }
    }
  }

  @Test
  void aSlotOfAnotherTaskIsSentOnByItself() throws Exception {
    try (var harness = harness(TWO_NODES, 2, 0, null)) {
      process(harness, Sums.slot(5, 3, PARAMETERS));

      assertThat(harness.extractOutputValues()).hasSize(3);
      assertThat(harness.extractOutputValues())
          .extracting(PartialSum::slots)
          .containsOnly(new Range(3, 4));
    }
  }

  @Test
  void evaluationsAreAddedUpAndNotCut() throws Exception {
    try (var harness = harness(TWO_NODES, 2, 1, null)) {
      process(harness, Sums.evaluation(5, 2));
      process(harness, Sums.evaluation(5, 3));

      assertThat(harness.extractOutputValues()).hasSize(1);
      PartialSum sum = harness.extractOutputValues().get(0);
      assertThat(sum.round()).isEqualTo(Round.evaluation(5));
      assertThat(sum.slots()).isEqualTo(new Range(2, 4));
      assertThat(sum.tally().lossSum()).isEqualTo(3.5);
    }
  }

  @Test
  void roundsDoNotMix() throws Exception {
    try (var harness = harness(TWO_NODES, 2, 0, null)) {
      process(harness, Sums.slot(5, 0, PARAMETERS));
      process(harness, Sums.slot(6, 1, PARAMETERS));
      process(harness, Sums.evaluation(5, 1));

      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void afterARestoreWhatWasHeldIsSentOnAndSoAreTheRoundsUnderWay() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(TWO_NODES, 2, 0, null)) {
      process(harness, Sums.slot(5, 0, PARAMETERS));
      state = harness.snapshot(1, 1);
    }

    try (var harness = harness(TWO_NODES, 2, 0, state)) {
      assertThat(harness.extractOutputValues())
          .extracting(PartialSum::slots)
          .containsExactly(new Range(0, 1), new Range(0, 1), new Range(0, 1));
      harness.getOutput().clear();

      process(harness, Sums.slot(5 + STEPS_AHEAD, 0, PARAMETERS));
      assertThat(harness.extractOutputValues()).hasSize(3);
      harness.getOutput().clear();
      process(harness, Sums.slot(5 + STEPS_AHEAD + 1, 0, PARAMETERS));
      assertThat(harness.extractOutputValues()).isEmpty();
      process(harness, Sums.slot(5 + STEPS_AHEAD + 1, 1, PARAMETERS));
      assertThat(harness.extractOutputValues())
          .extracting(PartialSum::slots)
          .containsOnly(new Range(0, 2));
    }
  }

  @Test
  void whatWasSentOnIsNotHeldAgain() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(TWO_NODES, 1, 0, null)) {
      process(harness, Sums.slot(5, 0, PARAMETERS));
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(TWO_NODES, 1, 0, state)) {
      assertThat(harness.extractOutputValues()).hasSize(3);
      state = harness.snapshot(2, 2);
    }

    try (var harness = harness(TWO_NODES, 1, 0, state)) {
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  /**
   * Cuts a run at every point, restores it at another parallelism where in-flight slots turn up at
   * any task, and adds up all that was sent in the windows behind.
   */
  @ParameterizedTest
  @CsvSource({
    "1-2-4, 2, 2",
    "1-2-4, 2, 1",
    "1-2-4, 1, 4",
    "1-4, 2, 4",
    "1-4, 4, 1",
    "1-3-10, 2, 3",
    "1-3-10, 3, 1",
    "1-2-5-11, 4, 2"
  })
  void aRestoreAtAnyParallelismLosesAndRepeatsNothing(String text, int before, int after)
      throws Exception {
    Structure structure = Structure.parse(text);
    Random random = new Random(text.hashCode());
    List<PartialSum> inputs = new ArrayList<>();
    for (int slot = 0; slot < structure.slots(); slot++) {
      for (long step = 0; step < 2; step++) {
        inputs.add(Sums.slot(step, slot, PARAMETERS));
      }
    }
    Collections.shuffle(inputs, random);
    for (int cut = 0; cut <= inputs.size(); cut++) {
      List<PartialSum> sent = new ArrayList<>();
      OperatorSubtaskState state = run(structure, before, inputs.subList(0, cut), sent);
      for (int task = 0; task < after; task++) {
        OperatorSubtaskState part =
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, after, task);
        try (var harness = harness(structure, after, task, part)) {
          for (int i = cut; i < inputs.size(); i++) {
            if (i % after == task) {
              process(harness, inputs.get(i));
            }
          }
          sent.addAll(harness.extractOutputValues());
        }
      }
      assertThatTheyAddUp(structure, sent, inputs, cut, after);
    }
  }

  @ParameterizedTest
  @CsvSource({"1-2-4", "1-4", "1-3-10", "1-2-5-11"})
  void aRestoreAfterEveryInputLosesAndRepeatsNothing(String text) throws Exception {
    Structure structure = Structure.parse(text);
    List<PartialSum> inputs = new ArrayList<>();
    for (int slot = 0; slot < structure.slots(); slot++) {
      for (long step = 0; step < 2; step++) {
        inputs.add(Sums.slot(step, slot, PARAMETERS));
      }
    }
    Collections.shuffle(inputs, new Random(text.hashCode()));
    List<PartialSum> sent = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (PartialSum input : inputs) {
      try (var harness = harness(structure, 1, 0, state)) {
        process(harness, input);
        state = harness.snapshot(1, 1);
        sent.addAll(harness.extractOutputValues());
      }
    }
    try (var harness = harness(structure, 1, 0, state)) {
      sent.addAll(harness.extractOutputValues());
    }

    assertThatTheyAddUp(structure, sent, inputs, inputs.size(), 1);
  }

  /** Each slot goes to the task that serves its unit. */
  private static OperatorSubtaskState run(
      Structure structure, int tasks, List<PartialSum> inputs, List<PartialSum> sent)
      throws Exception {
    Shares shares = new Shares(structure);
    OperatorSubtaskState[] states = new OperatorSubtaskState[tasks];
    for (int task = 0; task < tasks; task++) {
      try (var harness = harness(structure, tasks, task, null)) {
        for (PartialSum sum : inputs) {
          for (int unit = 0; unit < shares.units().size(); unit++) {
            if (shares.units().get(unit).contains(sum.slots())
                && shares.tasks(tasks)[unit] == task) {
              process(harness, sum);
            }
          }
        }
        states[task] = harness.snapshot(1, 1);
        sent.addAll(harness.extractOutputValues());
      }
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  private static void assertThatTheyAddUp(
      Structure structure, List<PartialSum> sent, List<PartialSum> inputs, int cut, int after) {
    MergeTree tree = new MergeTree(structure);
    for (long step = 0; step < 2; step++) {
      float[] expected = Sums.added(structure, step, PARAMETERS);
      for (int shard = 0; shard < SHARDS.count(); shard++) {
        Range range = SHARDS.range(shard);
        PartialSums root = new PartialSums(tree, new Range(0, structure.slots()));
        for (PartialSum sum : sent) {
          if (sum.round().step() == step && sum.parameters().equals(range)) {
            assertThat(root.add(sum)).as("%s after a cut at %d", sum, cut).isTrue();
          }
        }
        assertThat(root.complete().orElseThrow().values().toArray())
            .as("%s, %d inputs, cut at %d, %d tasks after", structure, inputs.size(), cut, after)
            .containsExactly(Arrays.copyOfRange(expected, range.from(), range.to()));
      }
    }
  }

  private static void process(
      OneInputStreamOperatorTestHarness<PartialSum, PartialSum> harness, PartialSum sum)
      throws Exception {
    harness.processElement(new StreamRecord<>(sum));
  }

  private static OneInputStreamOperatorTestHarness<PartialSum, PartialSum> harness(
      Structure structure, int tasks, int task, @Nullable OperatorSubtaskState state)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new CombineOperator(structure, SHARDS, STEPS_AHEAD), MAX_PARALLELISM, tasks, task);
    harness.setup(new PartialSumSerializer());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
