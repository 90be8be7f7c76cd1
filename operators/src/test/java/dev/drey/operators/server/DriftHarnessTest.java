package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.drift.Adwin;
import dev.drey.core.optimizer.Adam;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Shards;
import dev.drey.core.parameters.Slice;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.work.Round;
import dev.drey.operators.Sums;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.aggregate.SumKey;
import dev.drey.operators.server.DriftRule.Reaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameter server over a drift, in one go and with failures. */
@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class DriftHarnessTest {

  private static final String STORE = "drift";
  private static final int PARAMETERS = 7;
  private static final Shards SHARDS = new Shards(PARAMETERS, 3);
  private static final int SLOTS = 4;
  private static final int EXAMPLES = 16;
  private static final int MAX_PARALLELISM = 128;
  private static final int STEPS = 120;
  private static final int DRIFT = 60;

  /** What a run leaves. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Left(List<DriftReport> drifts, List<StepReport> reports, float[] model) {}

  @AfterEach
  void forget() {
    TestingWeightStore.forget(STORE);
  }

  static List<Reaction> reactions() {
    return List.of(
        new Reaction.Nothing(), new Reaction.Boost(3, 20), new Reaction.ResetOptimizer());
  }

  @Test
  void aDriftIsReportedOnceWithWhereAndHowMuch() throws Exception {
    Left left = run(new Reaction.Nothing(), STEPS + 1);

    assertThat(left.drifts).hasSize(1);
    DriftReport drift = left.drifts.get(0);
    assertThat(drift.version()).isBetween(DRIFT + 5L, DRIFT + 35L);
    assertThat(drift.began()).isBetween(DRIFT - 4L, DRIFT + 4L);
    assertThat(drift.examples()).isEqualTo(EXAMPLES * drift.version());
    assertThat(drift.signal()).isEqualTo("error-rate");
    assertThat(drift.before()).isBetween(0.1, 0.2);
    assertThat(drift.after()).isBetween(0.5, 0.9);
    assertThat(drift.reaction()).isEqualTo("none");
  }

  @Test
  void everyReactionChangesWhatFollows() throws Exception {
    float[] nothing = run(reactions().get(0), STEPS + 1).model;
    float[] boost = run(reactions().get(1), STEPS + 1).model;
    float[] reset = run(reactions().get(2), STEPS + 1).model;

    assertThat(boost).isNotEqualTo(nothing);
    assertThat(reset).isNotEqualTo(nothing).isNotEqualTo(boost);
  }

  /** The shards lie on two tasks which exchange nothing. */
  @ParameterizedTest
  @MethodSource("reactions")
  void failuresChangeNeitherTheBitsNorTheReports(Reaction reaction) throws Exception {
    Left calm = run(reaction, STEPS + 1);

    for (int every : new int[] {7, 40}) {
      Left failing = run(reaction, every);

      assertThat(failing.model).containsExactly(calm.model);
      assertThat(failing.drifts)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
          .isEqualTo(calm.drifts);
      assertThat(failing.reports)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
          .isEqualTo(calm.reports);
    }
  }

  @Test
  void reportsHaveThePrequentialError() throws Exception {
    List<StepReport> reports = run(new Reaction.Nothing(), STEPS + 1).reports;

    StepReport before = reports.get(DRIFT - 1);
    assertThat(before.window().examples()).isEqualTo(2 * EXAMPLES);
    assertThat(before.window().accuracy()).isBetween(0.8, 0.9);
    assertThat(reports.get(DRIFT + 2).window().accuracy()).isBetween(0.1, 0.4);
    assertThat(before.faded().accuracy()).isBetween(0.8, 0.9);
  }

  /** Task by task, each with a failure after every so many steps. */
  private static Left run(Reaction reaction, int every) throws Exception {
    List<DriftReport> drifts = new ArrayList<>();
    TreeMap<Long, StepReport> reports = new TreeMap<>();
    float[] model = new float[PARAMETERS];
    for (int task = 0; task < 2; task++) {
      OperatorSubtaskState state = null;
      for (int from = 0; from < STEPS; from += every) {
        try (var harness = harness(reaction, state, task)) {
          for (long step = from; step < Math.min(STEPS, from + every); step++) {
            for (int shard = 0; shard < SHARDS.count(); shard++) {
              process(harness, sum(step, shard), task);
            }
          }
          state = harness.snapshot(1, 1);
          var told = harness.getSideOutput(ParameterServerOperator.DRIFTS);
          if (told != null) {
            told.forEach(drift -> drifts.add(drift.getValue()));
          }
          harness.extractOutputValues().forEach(report -> reports.put(report.version(), report));
          if (from + every >= STEPS) {
            harness.getOperator().finish();
            for (var shard : harness.getSideOutput(ParameterServerOperator.MODEL)) {
              float[] weights = shard.getValue().weights();
              System.arraycopy(weights, 0, model, shard.getValue().from(), weights.length);
            }
          }
        }
      }
    }
    return new Left(drifts, List.copyOf(reports.values()), model);
  }

  private static void process(
      KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness,
      PartialSum sum,
      int task)
      throws Exception {
    int owner =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(key().getKey(sum), MAX_PARALLELISM, 2);
    if (owner == task) {
      harness.processElement(new StreamRecord<>(sum));
    }
  }

  /** Two or three of 16 wrong before the drift, eleven or twelve after. */
  private static PartialSum sum(long step, int shard) {
    Range range = SHARDS.range(shard);
    float[] values = Sums.values(step, 0, PARAMETERS);
    long wrong = (step < DRIFT ? 2 : 11) + step % 2;
    return new PartialSum(
        Round.training(step),
        range,
        new Range(0, SLOTS),
        new Tally(EXAMPLES, wrong, EXAMPLES - wrong, SLOTS, 0, 40),
        Slice.of(Arrays.copyOfRange(values, range.from(), range.to())));
  }

  private static SumKey key() {
    return new SumKey(Structure.of(1, SLOTS), 1, SHARDS, MAX_PARALLELISM);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport> harness(
      Reaction reaction, @Nullable OperatorSubtaskState state, int task) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, StepReport>(
            new ParameterServerOperatorHarnessTest.Factory(settings(reaction), new ArrayList<>()),
            key(),
            Types.INT,
            MAX_PARALLELISM,
            2,
            task);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static ServerSettings settings(Reaction reaction) {
    return new ServerSettings(
        new ServerSettings.Model(
            SHARDS,
            () -> Sums.values(99, 0, PARAMETERS),
            new UpdateRule(
                Adam.DEFAULT,
                new StepRates(LearningRate.constant(0.1), STEPS, SLOTS),
                0,
                null,
                List.of(),
                new DriftRule(Adwin.Settings.DEFAULT, DriftRule.Signal.ERROR_RATE, 1, reaction))),
        () -> TestingWeightStore.of(STORE),
        Long.MAX_VALUE,
        new ServerSettings.Reports(2, 0.25, new Prequential.Settings(2 * EXAMPLES, 0.999)));
  }
}
