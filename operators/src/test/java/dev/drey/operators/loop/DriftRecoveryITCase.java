package dev.drey.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingTopic;
import dev.drey.operators.server.DriftReport;
import dev.drey.operators.server.DriftRule.Reaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What reactions to a drift are good for: a linear regression on a stream whose weights turn round
 * at an offset. Nothing is left to chance, so every figure is the same in every run.
 */
@Timeout(600)
class DriftRecoveryITCase {

  private static final int RECORDS = 4400;
  private static final int DRIFT = 2800;
  private static final int AFTER = 1200;

  /** Of a step without a replay. */
  private static final int EXAMPLES = DriftingRun.MINI_BATCH * DriftingRun.SLOTS;

  @TempDir Path directory;
  private String test = "";

  @BeforeEach
  void name(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName();
  }

  @Test
  void boostAndReplayRecoverFasterThanNothing() throws Exception {
    double rate = 0.02;
    double none = lossAfterDrift(rate, new Reaction.Nothing());
    double boost = lossAfterDrift(rate, new Reaction.Boost(5, 100));
    double replay = lossAfterDrift(rate, new Reaction.Replay(100, 240, 0.5));

    assertThat(replay).isLessThan(0.8 * none);
    assertThat(boost).isLessThan(0.8 * none);
  }

  @Test
  void aCalmStreamHasNoDriftAndReplaysNothing() throws Exception {
    TestingJob.Outcome outcome = run(0.02, Long.MAX_VALUE, new Reaction.Replay(100, 240, 0.5));

    assertThat(outcome.drifts()).isEmpty();
    assertThat(outcome.progress().totals().replayed()).isZero();
  }

  /** Of the first examples of the new kind, each before it was trained on. */
  private double lossAfterDrift(double rate, Reaction reaction) throws Exception {
    TestingJob.Outcome outcome = run(rate, DRIFT, reaction);

    long step = examples(0, DRIFT) / EXAMPLES;
    assertThat(outcome.drifts()).hasSize(1);
    DriftReport drift = outcome.drifts().get(0);
    assertThat(drift.version()).isBetween(step + 1, step + 20);
    assertThat(drift.began()).isBetween(step - 2, step + 2);
    assertThat(drift.reaction()).isEqualTo(reaction.word());
    assertThat(outcome.progress().intake().trained()).isEqualTo(examples(0, RECORDS));
    // What is replayed is no test: the run's losses are those of each example's first time.
    assertThat(outcome.progress().totals().examples()).isEqualTo(examples(0, RECORDS));
    assertThat(outcome.progress().totals().lossSum())
        .isCloseTo(DriftingWorker.losses(id(reaction), 0, RECORDS).sum(), within(1e-6));
    return meanLoss(reaction);
  }

  /** Of a run that is over. */
  private double meanLoss(Reaction reaction) {
    return DriftingWorker.losses(id(reaction), DRIFT, RECORDS).limit(AFTER).average().orElseThrow();
  }

  /** What docs/drift.md has, printed. */
  @Test
  @EnabledIfSystemProperty(named = "drey.tables", matches = "true")
  void theTableOfThePage() throws Exception {
    List<Reaction> reactions =
        List.of(
            new Reaction.Nothing(),
            new Reaction.Boost(5, 100),
            new Reaction.Replay(100, 240, 0.5),
            new Reaction.Replay(100, 240, 0.25));
    for (double rate : new double[] {0.01, 0.02, 0.05, 0.1}) {
      List<Double> losses = new ArrayList<>();
      for (Reaction reaction : reactions) {
        run(rate, DRIFT, reaction);
        losses.add(meanLoss(reaction));
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f | %.2f |%n",
          rate,
          losses.get(0),
          losses.get(1),
          losses.get(2),
          losses.get(3));
      assertThat(losses.subList(1, losses.size()))
          .allSatisfy(loss -> assertThat(loss).isLessThanOrEqualTo(losses.get(0)));
    }
  }

  private TestingJob.Outcome run(double rate, long driftAt, Reaction reaction) throws Exception {
    String id = id(reaction);
    DriftingWorker.forget(id);
    TestingTopic.of(id).fill("p0", RECORDS).close();
    try {
      return new TestingJob(new DriftingRun(id, rate, driftAt, reaction), directory, 1).run();
    } finally {
      TestingWeightStore.forget(id);
      TestingTopic.forget(id);
    }
  }

  private String id(Reaction reaction) {
    return test + reaction.word();
  }

  private static long examples(long from, long to) {
    return LongStream.range(from, to).filter(o -> !TestingEncoder.isMalformed(o)).count();
  }
}
