package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.cost.Price;
import dev.drey.core.data.Permutation;
import dev.drey.core.network.Statistic;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Momentum;
import dev.drey.core.optimizer.Nesterov;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Shards;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.stream.Intake;
import dev.drey.operators.Sums;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.aggregate.SumKey;
import dev.drey.operators.coordination.Announcement;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class ParameterServerOperatorHarnessTest {

  private static final String STORE = "parameter-server";
  private static final int PARAMETERS = 7;
  private static final int SLOTS = 4;
  private static final int MAX_PARALLELISM = 128;
  private static final int STEPS = 6;
  private static final Shards SHARDS = new Shards(PARAMETERS, 3);
  private static final float MOMENTUM = 0.5f;
  private static final float RATE = 0.1f;

  /** The end of shard 1, [2, 4), and the start of shard 2, [4, 7). */
  private static final Statistic STATISTIC = new Statistic(new Range(3, 5), 0.75f);

  /** One slot may be left out. A millisecond costs a dollar. */
  static final StepPolicy POLICY =
      new StepPolicy(
          0,
          new StepPolicy.Tolerance(1, 0),
          new Budget(Double.POSITIVE_INFINITY, new Price(1000, 0), 1024),
          Duration.ofMinutes(1));

  private final List<Announcement> announcements = new ArrayList<>();

  @AfterEach
  void forget() {
    TestingWeightStore.forget(STORE);
  }

  @Test
  void versionZeroIsPublishedAtTheStart() throws Exception {
    try (var harness = harness(null, false)) {
      assertThat(announcements).extracting(Announcement::shard).containsExactlyInAnyOrder(0, 1, 2);
      assertThat(announcements).extracting(Announcement::version).containsOnly(0L);
      assertThat(published(0)).containsExactly(initial());
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void aStepIsAppliedPublishedAnnouncedAndReported() throws Exception {
    try (var harness = harness(null, false)) {
      announcements.clear();
      process(harness, sum(0, 0));

      assertThat(announcements).hasSize(1);
      Announcement announcement = announcements.get(0);
      assertThat(announcement.version()).isOne();
      assertThat(announcement.part().range()).isEqualTo(SHARDS.range(0));
      assertThat(Objects.requireNonNull(announcement.progress()).totals())
          .isEqualTo(sum(0, 0).tally());
      StepReport report = harness.extractOutputValues().get(0);
      assertThat(report.evaluation()).isFalse();
      assertThat(report.version()).isOne();
      assertThat(report.epoch()).isEqualTo(0.5);
      assertThat(report.examples()).isEqualTo(SLOTS);
      assertThat(report.loss()).isEqualTo(0.5);
      assertThat(report.accuracy()).isEqualTo(0.25);
      assertThat(report.billedMillis()).isEqualTo(40);
      assertThat(report.dollars()).isEqualTo(40); // a dollar per millisecond

      process(harness, sum(0, 1));
      process(harness, sum(0, 2));
      assertThat(published(1)).containsExactly(straight(1));
      assertThat(announcements.get(1).progress()).isNull();
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void anEvaluationIsAnnouncedAndReported() throws Exception {
    try (var harness = harness(null, false)) {
      process(harness, sum(0, 0));
      announcements.clear();
      harness.getOutput().clear();

      process(harness, evaluation(1));

      Announcement announcement = announcements.get(0);
      assertThat(announcement.version()).isOne();
      assertThat(Objects.requireNonNull(announcement.progress()).evaluatedVersion()).isOne();
      StepReport report = harness.extractOutputValues().get(0);
      assertThat(report.evaluation()).isTrue();
      assertThat(report.version()).isOne();
      assertThat(report.loss()).isEqualTo(2);
      assertThat(report.examples()).isEqualTo(SLOTS); // trained on, not evaluated
      assertThat(report.billedMillis()).isEqualTo(47);
    }
  }

  @Test
  void stepsInAnyOrderEndInTheSameBits() throws Exception {
    for (long seed = 0; seed < 10; seed++) {
      try (var harness = harness(null, false)) {
        for (PartialSum sum : shuffled(seed)) {
          process(harness, sum);
        }
        assertThat(model(harness)).containsExactly(straight(STEPS));
        assertThat(harness.extractOutputValues())
            .extracting(StepReport::version)
            .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      }
    }
  }

  @Test
  void aRestoreAfterEveryInputEndsInTheSameBits() throws Exception {
    List<Long> reported = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (PartialSum sum : shuffled(1)) {
      try (var harness = harness(state, true)) {
        process(harness, sum);
        state = harness.snapshot(1, 1);
        harness.extractOutputValues().forEach(report -> reported.add(report.version()));
      }
    }

    try (var harness = harness(state, true)) {
      assertThat(published(STEPS)).containsExactly(straight(STEPS));
      assertThat(model(harness)).containsExactly(straight(STEPS));
      assertThat(reported).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(announcements)
          .filteredOn(announcement -> announcement.progress() != null)
          .last()
          .extracting(announcement -> Objects.requireNonNull(announcement.progress()).totals())
          .isEqualTo(new Tally(SLOTS * STEPS, 0.5 * SLOTS * STEPS, STEPS, SLOTS * STEPS, 0, 240));
    }
  }

  @Test
  void whatAStreamHasTakenInIsInTheStateAndToldWithTheVersion() throws Exception {
    ServerSettings settings = settings(new Momentum(MOMENTUM));
    OperatorSubtaskState state;
    try (var harness = harness(settings, null, false, 1, 0)) {
      apply(harness, 0, taken(3));
      state = harness.snapshot(1, 1);
      apply(harness, 1, taken(9));
    }
    try (var harness = harness(settings, state, false, 1, 0)) {
      apply(harness, 1, taken(5));

      Intake intake = progress().intake();
      assertThat(intake.partitions().get("p0").nextOffset()).isEqualTo(5);
      assertThat(intake.trained()).isEqualTo(3 + 5);
      assertThat(intake.written()).isEqualTo(new Intake.Written(3, 5));
    }
  }

  private static Intake taken(long count) {
    return new Intake(
        Map.of("p0", new Intake.PartitionIntake(count, count, 0, 0, new byte[0])),
        new Intake.Written(count, count));
  }

  private static void apply(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness,
      long step,
      Intake intake)
      throws Exception {
    for (int shard = 0; shard < SHARDS.count(); shard++) {
      PartialSum sum =
          Sums.root(step, SHARDS.range(shard), SLOTS, new float[SHARDS.range(shard).length()]);
      process(
          harness,
          new PartialSum(
              sum.round(),
              sum.parameters(),
              sum.slots(),
              sum.tally(),
              sum.dropped(),
              shard == 0 ? intake : Intake.NONE,
              sum.values()));
    }
  }

  /** What a task does after its last checkpoint is lost with it, and its inputs come again. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 3"})
  void aRestoreAtAnyInputAndParallelismEndsInTheSameBits(int before, int after) throws Exception {
    List<PartialSum> inputs = shuffled(3);
    ServerSettings settings = settings(new Momentum(MOMENTUM));
    for (int cut = 0; cut <= inputs.size(); cut++) {
      TestingWeightStore.forget(STORE);
      List<StepReport> reports = new ArrayList<>();
      OperatorSubtaskState[] states = new OperatorSubtaskState[before];
      for (int task = 0; task < before; task++) {
        try (var harness = harness(settings, null, false, before, task)) {
          processOwn(harness, inputs.subList(0, cut), before, task);
          reports.addAll(harness.extractOutputValues());
          states[task] = harness.snapshot(1, 1);
          processOwn(harness, inputs.subList(cut, inputs.size()), before, task);
        }
      }
      OperatorSubtaskState state = AbstractStreamOperatorTestHarness.repackageState(states);
      announcements.clear();
      float[] model = new float[PARAMETERS];
      for (int task = 0; task < after; task++) {
        OperatorSubtaskState part =
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, after, task);
        try (var harness = harness(settings, part, false, after, task)) {
          processOwn(harness, inputs.subList(cut, inputs.size()), after, task);
          reports.addAll(harness.extractOutputValues());
          putModel(harness, model);
        }
      }

      assertThat(model).containsExactly(straight(STEPS));
      assertThat(published(STEPS)).containsExactly(straight(STEPS));
      assertThat(reports).extracting(StepReport::version).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(progress().totals().examples()).isEqualTo(SLOTS * STEPS);
      assertThat(TestingWeightStore.of(STORE).size()).isEqualTo(stored(inputs, cut));
    }
  }

  /** Two versions of each shard; one of those that had all their steps before the cut. */
  private static int stored(List<PartialSum> inputs, int cut) {
    int objects = 0;
    for (int shard = 0; shard < SHARDS.count(); shard++) {
      Range range = SHARDS.range(shard);
      boolean done =
          inputs.subList(cut, inputs.size()).stream()
              .noneMatch(sum -> sum.parameters().equals(range));
      objects += done ? 1 : 2;
    }
    return objects;
  }

  private static void processOwn(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness,
      List<PartialSum> sums,
      int tasks,
      int task)
      throws Exception {
    SumKey key = new SumKey(Structure.of(1, SLOTS), 1, SHARDS, MAX_PARALLELISM);
    for (PartialSum sum : sums) {
      if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
              key.getKey(sum), MAX_PARALLELISM, tasks)
          == task) {
        process(harness, sum);
      }
    }
  }

  @Test
  void progressSurvivesARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null, true)) {
      process(harness, sum(0, 0));
      process(harness, evaluation(1));
      state = harness.snapshot(1, 1);
    }
    var before = announcements.get(announcements.size() - 1).progress();
    announcements.clear();

    try (var harness = harness(state, true)) {
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(announcements)
          .filteredOn(announcement -> announcement.shard() == 0)
          .extracting(Announcement::progress)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("times") // of a task alone
          .containsExactly(before);
      assertThat(announcements)
          .filteredOn(announcement -> announcement.shard() == 0)
          .extracting(Announcement::version)
          .containsExactly(1L);
    }
  }

  @Test
  void stepsThatWereAppliedArePassedOver() throws Exception {
    try (var harness = harness(null, false)) {
      for (PartialSum sum : shuffled(1)) {
        process(harness, sum);
      }
      int told = announcements.size();
      for (PartialSum sum : shuffled(2)) {
        process(harness, sum);
      }

      assertThat(announcements).hasSize(told);
      assertThat(model(harness)).containsExactly(straight(STEPS));
    }
  }

  @Test
  void anEvaluationThatComesTwiceIsReportedOnce() throws Exception {
    try (var harness = harness(null, false)) {
      process(harness, sum(0, 0));
      process(harness, evaluation(1));
      harness.getOutput().clear();
      int told = announcements.size();

      process(harness, evaluation(1));

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(announcements).hasSize(told);
    }
  }

  @Test
  void whatCannotBeComputedIsSetAsideOnce() throws Exception {
    try (var harness = harness(null, false)) {
      PartialSum first = Sums.lacking(sum(0, 0), DropReason.FAULTY, 4, 2);
      PartialSum late = Sums.lacking(first, DropReason.LATE, 9);
      process(harness, late);
      process(harness, late);
      process(harness, Sums.lacking(sum(0, 1), DropReason.FAULTY, 4, 2));
      process(harness, Sums.lacking(evaluation(1), DropReason.NOT_FINITE, 5));

      assertThat(harness.getSideOutput(ParameterServerOperator.DEAD_LETTERS))
          .extracting(record -> record.getValue().toString())
          .containsExactly(
              "step 0, slot 0: 2 examples faulty",
              "evaluation of version 1, slot 0: 1 examples not-finite");
      assertThat(progress().account().dropped())
          .isEqualTo(new Drops(Map.of(DropReason.FAULTY, 2L, DropReason.LATE, 1L)));
    }
  }

  @Test
  void whatWasDroppedIsAsItWasAfterARestore() throws Exception {
    OperatorSubtaskState state;
    Progress before;
    try (var harness = harness(null, true)) {
      process(harness, Sums.lacking(sum(0, 0), DropReason.LATE, 9, 1, 1_000_000));
      process(harness, Sums.lacking(sum(1, 0), DropReason.FAULTY, 4));
      process(harness, Sums.lacking(sum(2, 0), DropReason.LATE, 7));
      before = progress();
      assertThat(before.account().putBack()).isEqualTo(3);
      assertThat(before.account().owed().keySet()).containsExactly(3L);
      state = harness.snapshot(1, 1);
    }
    announcements.clear();

    try (var harness = harness(state, true)) {
      assertThat(progress())
          .usingRecursiveComparison()
          .ignoringFields("times") // of this task alone
          .isEqualTo(before);
      process(harness, sum(3, 0));
      assertThat(progress().account().putBack()).isEqualTo(4);
      assertThat(progress().account().owed()).isEmpty();
    }
  }

  @Test
  void aStepThatLacksMoreSlotsThanItMayEndsTheRun() throws Exception {
    try (var harness = harness(null, false)) {
      Dropped first = late(0);
      PartialSum sum = sum(0, 0);
      PartialSum bad =
          new PartialSum(
              sum.round(),
              sum.parameters(),
              sum.slots(),
              sum.tally(),
              List.of(first, first, late(3)),
              sum.intake(),
              sum.values());

      assertThatThrownBy(() -> process(harness, bad))
          .isInstanceOf(SuppressRestartsException.class)
          .hasRootCauseMessage(
              "step 0: 2 slots were left out as late, must be at most 1; the weights keep version"
                  + " 0");
    }
  }

  @Test
  void aStepOfWhichNothingCouldBeComputedEndsTheRun() throws Exception {
    try (var harness = harness(null, false)) {
      PartialSum none =
          Sums.lacking(
              Sums.lacking(nothing(sum(0, 0)), DropReason.LATE, 1), DropReason.NOT_FINITE, 4);

      assertThatThrownBy(() -> process(harness, none))
          .isInstanceOf(SuppressRestartsException.class)
          .hasRootCauseMessage(
              "step 0: none of its examples could be computed, must be at least one. Slot 0 was"
                  + " not-finite: as the test says; the weights keep version 0. A lower learning"
                  + " rate or training.clip-norm usually helps");
    }
  }

  @Test
  void aStepWhoseOnlyExamplesAreLateLeavesTheWeightsAlone() throws Exception {
    try (var harness = harness(null, false)) {
      for (int shard = 0; shard < SHARDS.count(); shard++) {
        process(harness, Sums.lacking(nothing(sum(0, shard)), DropReason.LATE, 1));
      }

      assertThat(model(harness)).containsExactly(initial());
      assertThat(progress().version()).isOne();
    }
  }

  @Test
  void theSameVersionIsPublishedAnewWhenItIsAskedFor() throws Exception {
    try (var harness = harness(null, false)) {
      for (int shard = 0; shard < SHARDS.count(); shard++) {
        process(harness, sum(0, shard));
      }
      List<Announcement> before = List.copyOf(announcements);
      announcements.clear();

      ((ParameterServerOperator) harness.getOperator()).publishAnew();

      assertThat(announcements).extracting(Announcement::version).containsOnly(1L);
      assertThat(announcements).extracting(Announcement::shard).containsExactlyInAnyOrder(0, 1, 2);
      assertThat(announcements)
          .extracting(Announcement::part)
          .doesNotContainAnyElementsOf(before.stream().map(Announcement::part).toList());
      assertThat(published(1)).containsExactly(straight(1));
      assertThat(TestingWeightStore.of(STORE).size()).isEqualTo(2 * SHARDS.count());
    }
  }

  @Test
  void aRestoredTaskDeletesWhatItsPredecessorPublished() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null, false)) {
      for (PartialSum sum : shuffled(1)) {
        process(harness, sum);
      }
      state = harness.snapshot(1, 1);
    }
    TestingWeightStore.of(STORE).put("another-run-shard0-v6", new float[1]);

    try (var harness = harness(state, false)) {
      assertThat(TestingWeightStore.of(STORE).size()).isEqualTo(1 + SHARDS.count());
      assertThat(published(STEPS)).containsExactly(straight(STEPS));
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  private static Dropped late(int slot) {
    return new Dropped(DropReason.LATE, sum(0, 0).round(), slot, new int[] {1}, "");
  }

  private static PartialSum nothing(PartialSum sum) {
    return new PartialSum(sum.round(), sum.parameters(), sum.slots(), Tally.ZERO, sum.values());
  }

  /** As it was announced last. */
  private Progress progress() {
    return announcements.stream()
        .map(Announcement::progress)
        .filter(Objects::nonNull)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void aGradientThatIsNotFiniteEndsTheRunWithoutARestart() throws Exception {
    try (var harness = harness(null, false)) {
      PartialSum bad = Sums.root(0, SHARDS.range(1), SLOTS, 1, Float.NaN);

      assertThatThrownBy(() -> process(harness, bad))
          .isInstanceOf(SuppressRestartsException.class)
          .hasRootCauseInstanceOf(RefusedStepException.class)
          .hasRootCauseMessage(
              "step 0: the gradient sum is NaN at parameter 3, must be finite; the weights keep"
                  + " version 0. A lower learning rate or training.clip-norm usually helps");
    }
  }

  @Test
  void oldVersionsAreDeletedFromTheStore() throws Exception {
    try (var harness = harness(null, false)) {
      for (PartialSum sum : shuffled(1)) {
        process(harness, sum);
      }

      assertThat(TestingWeightStore.of(STORE).size()).isEqualTo(2 * SHARDS.count());
      assertThat(published(STEPS)).containsExactly(straight(STEPS));
      assertThat(published(STEPS - 1)).containsExactly(straight(STEPS - 1));
    }
  }

  @Test
  void shardsSpreadOverTasksAndComeTogetherAgain() throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[2];
    for (int task = 0; task < 2; task++) {
      int shards = 0;
      try (var harness = harness(null, false, 2, task)) {
        for (Announcement announcement : List.copyOf(announcements)) {
          process(harness, sum(0, announcement.shard()));
          shards++;
        }
        states[task] = harness.snapshot(1, 1);
      }
      assertThat(shards).isBetween(1, 2);
      announcements.clear();
    }
    OperatorSubtaskState state = AbstractStreamOperatorTestHarness.repackageState(states);

    try (var harness = harness(state, false)) {
      assertThat(announcements).extracting(Announcement::shard).containsExactlyInAnyOrder(0, 1, 2);
      assertThat(published(1)).containsExactly(straight(1));
      assertThat(model(harness)).containsExactly(straight(1));
    }
  }

  @Test
  void stateOfAnotherOptimizerIsRefusedEvenIfItHasAsManyMoments() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null, false)) {
      state = harness.snapshot(1, 1);
    }
    ServerSettings nesterov = settings(new Nesterov(MOMENTUM));

    assertThatThrownBy(() -> harness(nesterov, state, false, 1, 0))
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseMessage(
            "shard 0: the state was trained by the optimizer momentum, it cannot go on by"
                + " nesterov");
  }

  /** What the store has of a version, put together: of what was published last. */
  private float[] published(long version) {
    float[] weights = new float[PARAMETERS];
    int found = 0;
    for (int shard = 0; shard < SHARDS.count(); shard++) {
      for (int i = announcements.size() - 1; i >= 0; i--) {
        Announcement announcement = announcements.get(i);
        if (announcement.version() == version && announcement.shard() == shard) {
          float[] part = TestingWeightStore.of(STORE).floats(announcement.part().blob());
          System.arraycopy(part, 0, weights, SHARDS.range(shard).from(), part.length);
          found++;
          break;
        }
      }
    }
    assertThat(found).isEqualTo(SHARDS.count());
    return weights;
  }

  private static float[] model(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness)
      throws Exception {
    float[] model = new float[PARAMETERS];
    assertThat(putModel(harness, model)).isEqualTo(SHARDS.count());
    return model;
  }

  /** Ends the task; returns how many shards it had. */
  private static int putModel(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness,
      float[] model)
      throws Exception {
    harness.getOperator().finish();
    var shards = harness.getSideOutput(ParameterServerOperator.MODEL);
    for (StreamRecord<ModelShard> shard : shards) {
      assertThat(shard.getValue().progress().length > 0).isEqualTo(shard.getValue().from() == 0);
      float[] weights = shard.getValue().weights();
      System.arraycopy(weights, 0, model, shard.getValue().from(), weights.length);
      assertThat(shard.getValue().moments()).hasDimensions(1, weights.length);
      for (int i = 0; i < weights.length; i++) {
        if (isStatistic(shard.getValue().from() + i)) {
          assertThat(shard.getValue().moments()[0][i]).isZero();
        }
      }
    }
    return shards.size();
  }

  private static float[] initial() {
    return Sums.values(99, 0, PARAMETERS);
  }

  /** The weights after some steps, written by hand. */
  private static float[] straight(int steps) {
    float[] weights = initial();
    float[] velocity = new float[PARAMETERS];
    for (int step = 0; step < steps; step++) {
      float[] sum = Sums.values(step, 0, PARAMETERS);
      for (int i = 0; i < PARAMETERS; i++) {
        if (isStatistic(i)) {
          weights[i] = 0.75f * weights[i] + 0.25f * sum[i] * (1f / SLOTS); // exact factors
          continue;
        }
        velocity[i] = MOMENTUM * velocity[i] + sum[i] * (1f / SLOTS);
        weights[i] -= RATE * velocity[i];
      }
    }
    return weights;
  }

  private static boolean isStatistic(int parameter) {
    return STATISTIC.range().contains(new Range(parameter, parameter + 1));
  }

  private static PartialSum sum(long step, int shard) {
    Range range = SHARDS.range(shard);
    float[] values = Sums.values(step, 0, PARAMETERS);
    return Sums.root(step, range, SLOTS, Arrays.copyOfRange(values, range.from(), range.to()));
  }

  private static PartialSum evaluation(long version) {
    PartialSum slot = Sums.evaluation(version, 0);
    return new PartialSum(
        slot.round(),
        slot.parameters(),
        new Range(0, SLOTS),
        new Tally(3, 6, 2, 1, 0, 7),
        slot.values());
  }

  private static List<PartialSum> shuffled(long seed) {
    List<PartialSum> sums = new ArrayList<>();
    for (int index : Permutation.of(STEPS * SHARDS.count(), seed)) {
      sums.add(sum(index / SHARDS.count(), index % SHARDS.count()));
    }
    return sums;
  }

  private static void process(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness,
      PartialSum sum)
      throws Exception {
    harness.processElement(new StreamRecord<>(sum));
  }

  private static ServerSettings settings(Optimizer optimizer) {
    return new ServerSettings(
        new ServerSettings.Model(
            SHARDS,
            ParameterServerOperatorHarnessTest::initial,
            new UpdateRule(
                optimizer,
                new StepRates(LearningRate.constant(RATE), STEPS, SLOTS),
                0,
                null,
                List.of(STATISTIC))),
        () -> TestingWeightStore.of(STORE),
        Long.MAX_VALUE,
        new ServerSettings.Reports(2, 0.25, Prequential.Settings.DEFAULT));
  }

  private KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness(
      @Nullable OperatorSubtaskState state, boolean rocks) throws Exception {
    return harness(state, rocks, 1, 0);
  }

  private KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness(
      @Nullable OperatorSubtaskState state, boolean rocks, int tasks, int task) throws Exception {
    return harness(settings(new Momentum(MOMENTUM)), state, rocks, tasks, task);
  }

  private KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness(
      ServerSettings settings,
      @Nullable OperatorSubtaskState state,
      boolean rocks,
      int tasks,
      int task)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport>(
            new Factory(settings, announcements),
            new SumKey(Structure.of(1, SLOTS), 1, SHARDS, MAX_PARALLELISM),
            Types.INT,
            MAX_PARALLELISM,
            tasks,
            task);
    if (rocks) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    }
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  /** Makes the operator. */
  static final class Factory extends AbstractStreamOperatorFactory<StepReport>
      implements OneInputStreamOperatorFactory<PartialSum, StepReport> {
    private static final long serialVersionUID = 1L;
    private final ServerSettings settings;
    private final transient List<Announcement> announcements;

    Factory(ServerSettings settings, List<Announcement> announcements) {
      this.settings = settings;
      this.announcements = announcements;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
    public <T extends StreamOperator<StepReport>> T createStreamOperator(
        StreamOperatorParameters<StepReport> parameters) {
      return (T)
          new ParameterServerOperator(parameters, settings, POLICY, "run", announcements::add);
    }

    @Override
    public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
      return ParameterServerOperator.class;
    }
  }
}
