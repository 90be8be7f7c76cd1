package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.kafka.TestingBroker;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.job.model.Summary;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end before their last step, with a model. */
@Timeout(600)
class StopITCase {

  private static final int LATE = 5;

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
  void aStopGivesUpAStepThatIsNotAnswered() throws Exception {
    try (FaultyFunction function = FaultyFunction.open()) {
      SmallRun run = new SmallRun(root.resolve("run")).home(function.home());
      run.set("checkpoints.stop-within", "1s");
      function.hold(LATE, 1);
      Watch watch = new Watch();
      StopSignal stop = new StopSignal();
      CompletableFuture<Outcome> outcome = run.start(watch, stop);
      watch.awaitStep(LATE, outcome);

      stop.request();

      assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.INTERRUPTED);
      Summary summary = outcome.get().summary();
      assertThat(summary.steps()).isEqualTo(LATE);
      assertThat(summary.examples()).isEqualTo(500 * LATE);
      assertThat(watch.notes())
          .containsExactly("the steps in progress are given up, checkpoints.stop-within is 1 s");
      SmallRun same = new SmallRun(root.resolve("same")).inProcess();
      same.set("budget.steps", String.valueOf(LATE)).train();
      assertThat(run.bits()).isEqualTo(same.bits());
    }
  }

  @Test
  void aStopEndsARunWhoseWorkersAreNotThere() throws Exception {
    SmallRun run =
        new SmallRun(root.resolve("run"))
            .set("workers.runtime", "aws")
            .set("workers.function", "nobody")
            .set("workers.region", "eu-central-1")
            .set("workers.endpoint", "http://127.0.0.1:" + closedPort())
            .set("checkpoints.stop-within", "3s");
    Watch watch = new Watch();
    StopSignal stop = new StopSignal();
    CompletableFuture<Outcome> outcome = run.start(watch, stop);
    watch.awaitStep(0, outcome);

    stop.request();

    assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.INTERRUPTED);
    assertThat(outcome.get().summary().steps()).isZero();
    assertThat(run.directory().resolve("weights.npz")).exists();
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aStopGivesUpTheStepOfAStreamThatIsNotAnswered() throws Exception {
    try (TestingBroker broker = new TestingBroker()) {
      broker.create("flights", 1);
      broker.sendAll("flights", 0, StreamRun.records(0, 500));
      Path yaml = StreamRun.specification(root.resolve("s.yaml"), broker, "flights", "{}");
      Files.writeString(
          yaml,
          Files.readString(yaml)
              .replace("interval: 100 ms", "interval: 100 ms, stop-within: 100 ms")
              .replace(", end: latest", ""));
      Path directory = root.resolve("stream");
      SilentWorker.CALLS.drainPermits();
      LocalSetup usual = LocalSetup.of(SmallRun.HOME);
      LocalSetup silent =
          new LocalSetup(
              usual.function(),
              usual.handler(),
              usual.nativeCache(),
              usual.classArchive(),
              workers -> SilentWorker::new,
              usual.store());
      StopSignal stop = new StopSignal();
      PreparedRun run = StreamRun.prepared(yaml, directory);
      CompletableFuture<Outcome> outcome =
          SmallRun.start(() -> new LocalTraining(silent).run(run, new Watch(), stop));
      Watch.until("a call", () -> outcome.isDone() || SilentWorker.CALLS.availablePermits() > 0);

      stop.request();

      assertThat(outcome.get().summary().steps()).isZero();
      assertThat(outcome.get().summary().examples()).isZero();
      assertThat(directory.resolve("weights.npz")).exists();
    }
  }

  /** Takes calls and never answers. */
  private static final class SilentWorker implements GradientWorker {
    private static final Semaphore CALLS = new Semaphore(0);

    @Override
    public CompletableFuture<WorkResult> compute(WorkRequest request) {
      CALLS.release();
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }

  @Test
  void aStopCancelsAJobThatWaitsToBeRestarted() throws Exception {
    Path notes = Files.createDirectory(root.resolve("notes"));
    FailingStore.Orders failures = FailingStore.failing(notes, "-v5");
    SmallRun run =
        run()
            .set("checkpoints.interval", "100ms")
            .set("checkpoints.stop-within", "100ms")
            .flink("restart-strategy.exponential-delay.initial-backoff", "1 h")
            .flink("restart-strategy.exponential-delay.max-backoff", "1 h");
    StopSignal stop = new StopSignal();
    PreparedRun prepared = run.prepared();
    CompletableFuture<Outcome> outcome =
        SmallRun.start(() -> new LocalTraining(failures.setup()).run(prepared, new Watch(), stop));
    Watch.until("the failure", () -> outcome.isDone() || failures.haveFailed());

    stop.request();

    assertThat(outcome.handle((done, failure) -> failure.getCause()).get())
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("while its job waited to be restarted");
    assertThat(run.directory().resolve("weights.npz")).doesNotExist();
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
    Curve curve = curve(run);
    // No step starts that the budget may not pay. Steps that cost more than the 32 before them, and
    // the first, may go beyond it, by their cost.
    assertThat(outcome.summary().dollars()).isLessThan(dollars + dearestStep(curve));
    assertThat(curve.rows()).hasSize((int) outcome.summary().steps());
    assertThat(run.directory().resolve("weights.npz")).exists();
    assertThat(run.directory().resolve("bill.txt")).doesNotExist();
  }

  private static double dearestStep(Curve curve) {
    double most = 0;
    double before = 0;
    for (double spent : curve.column("dollars")) {
      most = Math.max(most, spent - before);
      before = spent;
    }
    return most;
  }
}
