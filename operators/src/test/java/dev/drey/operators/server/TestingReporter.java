package dev.drey.operators.server;

import dev.drey.core.cost.Price;
import dev.drey.core.drift.Adwin;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Sgd;
import dev.drey.core.parameters.Shards;
import dev.drey.core.prequential.Prequential;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepPolicy;
import java.time.Duration;
import java.util.List;

/**
 * A reporter of a run with two steps an epoch, ten dollars to spend and a millisecond a dollar,
 * which answers drifts with nothing.
 */
final class TestingReporter {

  static final StepPolicy POLICY =
      new StepPolicy(
          0,
          new StepPolicy.Tolerance(1, 0),
          new Budget(10, new Price(1000, 0), 1024),
          Duration.ofMinutes(1));

  private TestingReporter() {}

  static ServerSettings settings(double predictedStepSeconds) {
    return new ServerSettings(
        new ServerSettings.Model(
            new Shards(2, 1),
            () -> new float[2],
            new UpdateRule(
                new Sgd(),
                new StepRates(LearningRate.constant(1), 100, 1),
                0,
                null,
                List.of(),
                new DriftRule(
                    Adwin.Settings.DEFAULT,
                    DriftRule.Signal.LOSS,
                    1,
                    new DriftRule.Reaction.Nothing()))),
        () -> TestingWeightStore.of("unused"),
        Long.MAX_VALUE,
        new ServerSettings.Reports(2, predictedStepSeconds, new Prequential.Settings(8, 0.999)));
  }

  /** Before the first step. */
  static RunReporter open(TestingClock clock, ServerOutput output) {
    ServerSettings settings = settings(0.25);
    return open(
        clock,
        output,
        new RunReporter.State(Progress.NONE, new Prequential(settings.reports().prequential())));
  }

  static RunReporter open(TestingClock clock, ServerOutput output, RunReporter.State state) {
    return new RunReporter(
        settings(0.25), POLICY, state, new RunReporter.Time(clock, clock::nanos), output);
  }
}
