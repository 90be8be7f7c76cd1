package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.parameters.Range;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.stream.Intake;
import dev.drey.operators.Sums;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RunReporterTest {

  private static final Range SHARD = new Range(0, 2);
  private static final int SLOTS = 4;

  private final TestingClock clock = new TestingClock();
  private final TestingOutput output = new TestingOutput();
  private final RunReporter reporter = TestingReporter.open(clock, output);

  /** A step of 4 examples, with a mean loss of 0.5, one hit and 40 ms that are billed. */
  private static PartialSum step(long step) {
    return Sums.root(step, SHARD, SLOTS, 0, 0);
  }

  private void apply(PartialSum sum, Optional<Drift> drift) {
    reporter.applied(sum);
    reporter.published(sum);
    reporter.announced(new Shard.Applied(sum, drift));
  }

  private void apply(PartialSum sum) {
    apply(sum, Optional.empty());
  }

  @Test
  void aStepIsReportedWithTheTotalsSoFar() {
    clock.millis += 500;
    apply(step(0));
    clock.millis += 1500;
    apply(step(1));

    assertThat(output.reports).hasSize(2);
    StepReport report = output.reports.get(1);
    assertThat(report.evaluation()).isFalse();
    assertThat(report.version()).isEqualTo(2);
    assertThat(report.epoch()).isEqualTo(1);
    assertThat(report.examples()).isEqualTo(8);
    assertThat(report.loss()).isEqualTo(0.5);
    assertThat(report.accuracy()).isEqualTo(0.25);
    assertThat(report.seconds()).isEqualTo(2);
    assertThat(report.billedMillis()).isEqualTo(80);
    assertThat(report.dollars()).isEqualTo(80);
    assertThat(report.window().loss()).isEqualTo(0.5);
    assertThat(report.ages()).isEqualTo(StepReport.Ages.NONE);
    assertThat(reporter.progress().version()).isEqualTo(2);
    assertThat(reporter.trained().getCount()).isEqualTo(8);
  }

  @Test
  void anEvaluationThatComesTwiceIsReportedOnce() {
    apply(step(0));
    output.reports.clear();

    assertThat(reporter.evaluated(Sums.evaluation(1, 0))).isTrue();
    assertThat(reporter.evaluated(Sums.evaluation(1, 0))).isFalse();

    assertThat(output.reports).hasSize(1);
    assertThat(output.reports.get(0).evaluation()).isTrue();
    assertThat(output.reports.get(0).version()).isOne();
    assertThat(output.reports.get(0).examples()).isEqualTo(4); // trained on, not evaluated
    assertThat(reporter.progress().evaluatedVersion()).isOne();
  }

  @Test
  void whatIsLateIsNoDeadLetter() {
    PartialSum sum =
        Sums.lacking(Sums.lacking(step(0), DropReason.LATE, 1, 2), DropReason.FAULTY, 3);

    apply(sum);

    assertThat(output.deadLetters).extracting(Dropped::reason).containsExactly(DropReason.FAULTY);
    assertThat(reporter.progress().account().owed()).containsOnlyKeys(1L); // the next step
  }

  @Test
  void recordsAgeUntilTheirVersionIsPublished() {
    PartialSum step = step(0);
    Intake intake = new Intake(Map.of(), new Intake.Written(40, 90));
    PartialSum sum =
        new PartialSum(
            step.round(),
            step.parameters(),
            step.slots(),
            step.tally(),
            step.dropped(),
            intake,
            step.values());
    reporter.applied(sum);
    clock.millis += 10; // it is published meanwhile
    reporter.published(sum);
    clock.millis += 7;
    reporter.announced(new Shard.Applied(sum, Optional.empty()));

    assertThat(output.reports.get(0).ages()).isEqualTo(new StepReport.Ages(70, 20));
    assertThat(reporter.ages().oldestMillis()).isEqualTo(70);
  }

  @Test
  void aDriftIsReportedAfterItsStep() {
    apply(step(0), Optional.of(new Drift(1, 0, 0.25, 0.75)));

    assertThat(output.reports).hasSize(1);
    assertThat(output.drifts)
        .containsExactly(new DriftReport(1, 0, 4, "loss", 0.25, 0.75, "none", 0));
  }

  @Test
  void theAccountAndTheErrorGoOnFromACheckpoint() {
    apply(step(0));
    clock.millis += 30;
    apply(step(1));
    RunReporter.State state = reporter.snapshot(1);
    RunReporter.State restored =
        new RunReporter.State(
            state.progress(),
            Prequential.of(
                TestingReporter.settings(0.25).reports().prequential(),
                state.prequential().toBytes()));
    clock.millis += 1000; // between the failure and the restart
    TestingOutput after = new TestingOutput();
    RunReporter again = TestingReporter.open(clock, after, restored);
    clock.millis += 5;

    PartialSum sum = step(2);
    again.applied(sum);
    again.published(sum);
    again.announced(new Shard.Applied(sum, Optional.empty()));
    apply(sum);

    StepReport report = after.reports.get(0);
    assertThat(report.seconds()).isEqualTo(0.035);
    assertThat(report)
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(output.reports.get(2));
  }

  @Test
  void theTimeOfAPauseIsNotAStepsTime() {
    apply(step(0));
    clock.millis += 20;
    apply(step(1));
    clock.millis += 5000;
    reporter.pauseEnded();
    clock.millis += 9;
    apply(step(2));

    assertThat(reporter.progress().times().steps()).isOne();
    assertThat(reporter.timer().recentMicros()).isEqualTo(20_000);
  }

  @Test
  void theLagIsCountedFromTheLastCompleteCheckpoint() {
    apply(step(0));
    var unused = reporter.snapshot(7);
    apply(step(1));
    apply(step(2));
    assertThat(reporter.lag().steps(3)).isEqualTo(3);

    reporter.checkpointComplete(7);

    assertThat(reporter.lag().steps(3)).isEqualTo(2);
  }
}
