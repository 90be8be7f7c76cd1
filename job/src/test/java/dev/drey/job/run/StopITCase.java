package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end before their last step, with a model. */
@Timeout(600)
class StopITCase {

  @TempDir private Path root;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  private SmallRun run() {
    return new SmallRun(root.resolve("run")).inProcess();
  }

  private static Curve curve(SmallRun run) throws Exception {
    return Curve.read(run.directory().resolve("curve.csv"));
  }

  @Test
  void aStopLetsTheStepAtHandFinishAndSavesTheModel() throws Exception {
    SmallRun run = run().set("training.epochs", "1000");
    Watch watch = new Watch();
    StopSignal stop = new StopSignal();
    CompletableFuture<Outcome> outcome = run.start(watch, stop);
    watch.awaitStep(5, outcome);

    stop.request();

    assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.INTERRUPTED);
    long version = outcome.get().summary().steps();
    assertThat(version).isBetween(5L, 15_999L);
    assertThat(run.directory().resolve("weights.npz")).exists();
    assertThat(curve(run).rows()).hasSize((int) version);
    assertThat(outcome.get().summary().examples()).isEqualTo((long) curve(run).last("examples"));
  }

  @Test
  void aStoppedRunHasTheModelOfARunOfSoManySteps() throws Exception {
    SmallRun run = run().set("training.epochs", "1000");
    Watch watch = new Watch();
    StopSignal stop = new StopSignal();
    CompletableFuture<Outcome> outcome = run.start(watch, stop);
    watch.awaitStep(5, outcome);
    stop.request();
    SmallRun same =
        new SmallRun(root.resolve("same"))
            .inProcess()
            .set("training.epochs", "1000")
            .set("budget.steps", String.valueOf(outcome.get().summary().steps()));

    same.train();

    assertThat(same.bits()).isEqualTo(run.bits());
  }

  @Test
  void aStopBeforeTheFirstStepEndsTheRunAllTheSame() throws Exception {
    SmallRun run = run().set("training.epochs", "100000");
    StopSignal stop = new StopSignal();
    stop.request();

    Outcome outcome = run.train(new Watch(), stop);

    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.INTERRUPTED);
    assertThat(curve(run).rows()).hasSize((int) outcome.summary().steps());
    assertThat(run.directory().resolve("weights.npz")).exists();
  }

  @Test
  void aBudgetOfStepsEndsTheRunWithAnEvaluatedModel() throws Exception {
    SmallRun run = run().set("budget.steps", "7");

    Outcome outcome = run.train();

    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.BUDGET_SPENT);
    assertThat(outcome.summary().steps()).isEqualTo(7);
    assertThat(outcome.summary().examples()).isEqualTo(7 * 500);
    assertThat(outcome.summary().testAccuracy()).isBetween(0.1, 1.0);
    assertThat(curve(run).rows()).hasSize(7);
    assertThat(run.directory().resolve("weights.npz")).exists();
  }

  @Test
  void aBudgetOfDollarsEndsTheRunWhenItIsSpent() throws Exception {
    double dollars = 0.00002; // two invocations a step, each $0.0000002 and some milliseconds
    SmallRun run =
        run().set("training.epochs", "100000").set("budget.dollars", String.valueOf(dollars));

    Outcome outcome = run.train();

    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.BUDGET_SPENT);
    assertThat(outcome.summary().dollars()).isGreaterThanOrEqualTo(dollars);
    Curve curve = curve(run);
    assertThat(curve.rows()).hasSize((int) outcome.summary().steps());
    // It ends with the first step that has spent it.
    assertThat(curve.column("dollars").subList(0, curve.rows().size() - 1))
        .allSatisfy(spent -> assertThat(spent).isLessThan(dollars));
    assertThat(run.directory().resolve("weights.npz")).exists();
  }
}
