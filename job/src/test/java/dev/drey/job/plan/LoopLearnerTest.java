package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.Stragglers;
import dev.drey.core.plan.TreeConstants;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.metric.StepStage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoopLearnerTest {

  private static final Structure DEEP = Structure.of(1, 5, 20, 50, 100);
  private static final long BYTES = 4_800_000;
  private static final OnTasks TASKS = new OnTasks(2, 10);
  private static final long MANY = 10_000;

  /** Measured by bench loop, with workers that answer immediately. */
  private static final StepModel LOOP = new StepModel(0.011, 0.0021, 0.0034, TASKS);

  @Test
  void aStructureThatIsFarFromTheBestIsLeft() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);

    learner.observe(DEEP, 100, LOOP.seconds(DEEP), 0.001, Optional.of(account(0.0005, 0)));

    LoopLearner.Better better = learner.better(DEEP, MANY).orElseThrow();
    assertThat(LOOP.seconds(better.structure())).isLessThan(0.6 * LOOP.seconds(DEEP));
    assertThat(better.seconds()).isCloseTo(LOOP.seconds(better.structure()), within(0.015));
    assertThat(better.saved())
        .isCloseTo(learner.model().seconds(DEEP) - better.seconds(), within(1e-9));
  }

  @Test
  void theBestStructureIsKept() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);
    Structure flat = Structure.of(1, 100);

    learner.observe(flat, 100, LOOP.seconds(flat), 0.001, Optional.of(account(0.0005, 0)));

    assertThat(learner.better(flat, MANY)).isEmpty();
  }

  @Test
  void noStructureIsLeftForAGainThatTheRestOfTheRunDoesNotPayBack() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);

    learner.observe(DEEP, 100, LOOP.seconds(DEEP), 0.001, Optional.of(account(0.0005, 0)));

    assertThat(learner.better(DEEP, 100)).isEmpty();
  }

  @Test
  void slowWorkersAreNotTakenForASlowTree() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, 400, new OnTasks(2, 1), 100);

    // Steps of a second, mostly the computation of the workers.
    learner.observe(DEEP, 100, 1.0, 0.01, Optional.of(account(0.98, 0.04)));

    assertThat(learner.better(DEEP, MANY)).isEmpty();
  }

  @Test
  void withoutMetricsNoChangeIsSure() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);

    learner.observe(DEEP, 100, LOOP.seconds(DEEP), 0.001, Optional.empty());

    assertThat(learner.better(DEEP, MANY)).isEmpty();
  }

  @Test
  void aChangeThatDidNotHelpIsTakenBack() {
    // A profile that is wrong for this machine: free hops, sums twenty times as expensive.
    Profile wrong = Profile.LOCAL.withTree(new TreeConstants(0, 1.2e8, 0.0));
    LoopLearner learner = new LoopLearner(wrong, BYTES, new OnTasks(8, 8), 100);
    Structure flat = Structure.of(1, 100);
    Structure tree = Structure.of(1, 8, 100);
    StepModel truth = new StepModel(0.011, 1e-4, 0.05, new OnTasks(8, 8));
    Structure deep = Structure.of(1, 4, 8, 100);

    learner.observe(flat, 200, truth.seconds(flat), 1e-4, Optional.of(account(0.0005, 0)));
    learner.observe(deep, 200, truth.seconds(deep), 1e-4, Optional.of(account(0.0005, 0)));
    learner.observe(tree, 200, truth.seconds(tree), 1e-4, Optional.of(account(0.0005, 0)));

    assertThat(learner.better(deep, MANY))
        .hasValueSatisfying(
            better ->
                assertThat(truth.seconds(better.structure())).isLessThan(truth.seconds(deep)));
  }

  @Test
  void manyStepsOfOneStructureAreOneMean() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);

    for (int i = 0; i < 50; i++) {
      learner.observe(DEEP, 10, (1 + 0.01 * (i % 2)) * LOOP.seconds(DEEP), 0.01, Optional.empty());
    }

    assertThat(learner.model().seconds(DEEP))
        .isCloseTo(1.005 * LOOP.seconds(DEEP), within(0.01 * LOOP.seconds(DEEP)));
  }

  @Test
  void theProfileThatWasLearntPlansTheNextRun() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);
    StepModel slower = new StepModel(0.011, 0.0063, 0.0102, TASKS);
    for (Structure structure : List.of(Structure.of(1, 100), Structure.of(1, 10, 50, 100), DEEP)) {
      learner.observe(
          structure, 100, slower.seconds(structure), 1e-4, Optional.of(account(0.02, 0)));
    }

    Profile learnt = learner.learnt(1e9, 1769);

    assertThat(learnt.tree().model(0, BYTES, TASKS).perSum()).isCloseTo(0.0063, within(0.001));
    assertThat(learnt.slot().speed().seconds(1e9, 1769)).isCloseTo(0.02, within(1e-9));
    assertThat(learner.measurements())
        .extracting(Measurement::structure)
        .containsExactly(Structure.of(1, 100), Structure.of(1, 10, 50, 100), DEEP);
  }

  @Test
  void howMuchWorkersVaryIsLearntFromTheWaitForTheSlowest() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);
    Structure flat = Structure.of(1, 100);
    Stragglers truth = new Stragglers(0.5);
    double base = 0.1;
    double wait = base * (truth.expectedMaximum(100) - truth.mean());

    learner.observe(flat, 100, 0.5, 0.001, Optional.of(account(base * truth.mean(), wait)));

    assertThat(learner.learnt(1e9, 1769).slot().stragglers().spread()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void waitsThatNoExponentialHasLeaveTheProfilesStragglers() {
    LoopLearner learner = new LoopLearner(Profile.LOCAL, BYTES, TASKS, 100);

    learner.observe(Structure.of(1, 100), 100, 0.5, 0.001, Optional.of(account(0.01, 0.4)));

    assertThat(learner.learnt(1e9, 1769).slot().stragglers())
        .isEqualTo(Profile.LOCAL.slot().stragglers());
  }

  /**
   * An account.
   *
   * @param slot seconds at the worker
   * @param slowest seconds of waiting for the slowest
   */
  private static StepAccount account(double slot, double slowest) {
    Map<StepStage, Double> millis = new EnumMap<>(StepStage.class);
    for (StepStage stage : StepStage.values()) {
      millis.put(stage, 0.0);
    }
    millis.put(StepStage.COMPUTE, 1000 * slot);
    millis.put(StepStage.SLOWEST, 1000 * slowest);
    return new StepAccount(millis);
  }
}
