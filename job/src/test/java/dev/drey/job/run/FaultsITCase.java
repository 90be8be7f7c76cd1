package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.worker.LambdaHandler.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers die, throw, hang: the model is the same, or the run fails and says why. */
@Timeout(600)
class FaultsITCase {

  private static final int LATE = 20;

  /** By then every task knows how long its calls take. */
  private static final int HEDGED = 40;

  @TempDir private static Path reference;
  @TempDir private Path root;
  private static String bits;

  private FaultyFunction function;

  @BeforeAll
  static void trainWithoutFaults() throws Exception {
    SmallRun run = new SmallRun(reference).inProcess();
    run.train();
    bits = run.bits();
  }

  @BeforeEach
  void makeFunction() throws Exception {
    function = FaultyFunction.open();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    function.close();
    Leftovers.assertNone();
  }

  private SmallRun run() {
    return new SmallRun(root.resolve("run")).home(function.home());
  }

  @Test
  void aKilledWorkerDoesNotChangeTheModel() throws Exception {
    SmallRun run = run();
    function.hold(LATE);
    Watch watch = new Watch();
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    watch.awaitStep(LATE, outcome);
    List<ProcessHandle> workers = Leftovers.workers(ProcessHandle.current());
    assertThat(workers).hasSize(2);

    workers.get(0).destroyForcibly();
    workers.get(0).onExit().join();
    function.release(LATE);

    assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertThat(run.bits()).isEqualTo(bits);
    assertThat(outcome.get().summary().coldStarts()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"THROW", "EXIT"})
  void aFaultThatPassesDoesNotChangeTheModel(Fault fault) throws Exception {
    SmallRun run = run();
    function.once(fault);

    Outcome outcome = run.train();

    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertThat(run.bits()).isEqualTo(bits);
    // 2 slots of 32 steps and of 2 evaluations, and the one that failed
    assertThat(outcome.summary().invocations()).isEqualTo(2 * (SmallRun.STEPS + 2) + 1);
    assertThat(outcome.summary().examples()).isEqualTo(16_000);
  }

  @ParameterizedTest
  @CsvSource({
    "THROW, 60s, FAILED, failed as asked",
    "EXIT, 60s, CRASHED, exit status 9",
    "SLEEP, 1s, TIMED_OUT, timeout",
    "MEMORY, 60s, CRASHED, OutOfMemoryError",
    "GARBAGE, 60s, BAD_ANSWER, answer"
  })
  void aFaultThatStaysFailsTheRunAndIsTold(Fault fault, String timeout, String kind, String cause)
      throws Exception {
    SmallRun run =
        run()
            .set("workers.attempts", "2")
            .set("training.mini-batch", "1") // a single example needs no bisection
            .set("workers.timeout", timeout)
            .set("workers.grace", "5min") // it is the service that tells of a timeout
            .set("workers.memory", "512MB");
    function.always(fault);

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailedException.class)
        .message()
        .contains("step 0: none of its examples could be computed", kind + ", ", cause)
        .doesNotContain("\tat ");
    assertThat(run.directory().resolve("weights.npz")).doesNotExist();
    assertThat(run.directory().resolve("flink-tmp")).doesNotExist();
  }

  @Test
  void aRestartedJobGoesOnFromItsCheckpointWithTheSameBits() throws Exception {
    Path store = Files.createDirectory(root.resolve("store"));
    SmallRun run =
        run()
            .set("store.directory", store.toString())
            .set("store.deadline", "1s")
            .set("checkpoints.interval", "100ms")
            .flink("restart-strategy.exponential-delay.attempts-before-reset-backoff", "1000");
    function.hold(LATE).hold(LATE + 5);
    Watch watch = new Watch();
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    WebUi web = new WebUi(watch.webInterface());
    watch.awaitStep(LATE, outcome);
    String job = web.job();
    long before = completed(web, job);
    Watch.until("a checkpoint at step " + LATE, () -> completed(web, job) >= before + 2);
    Path away = Files.move(store, root.resolve("away")); // no version can be published
    function.release(LATE);
    Watch.until("a restart", () -> checkpoints(web, job).path("restored").asLong() >= 1);
    Files.move(away, store);
    long restored =
        web.get("/jobs/" + job + "/checkpoints")
            .path("latest")
            .path("restored")
            .path("id")
            .asLong();
    function.release(LATE + 5);

    assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertThat(restored).isGreaterThan(before);
    assertThat(run.bits()).isEqualTo(bits);
    Curve curve = Curve.read(run.directory().resolve("curve.csv"));
    assertThat(curve.column("step"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, SmallRun.STEPS).mapToObj(i -> (double) i).toList());
    assertThat(curve.last("examples")).isEqualTo(16_000);
    assertThat(outcome.get().summary().examples()).isEqualTo(16_000);
    assertThat(Curve.read(run.directory().resolve("evaluations.csv")).column("step"))
        .containsExactly(16.0, 32.0);
  }

  /** No attempt times out, so without a hedge the run would not end. */
  @Test
  void aStoppedWorkerHoldsAStepNoLongerThanItsHedge() throws Exception {
    SmallRun run =
        run()
            .set("training.epochs", "4")
            .set("workers.hedge", "{quantile: 0.95, factor: 3}")
            .set("workers.timeout", "15min")
            .set("workers.deadline", "2h");
    function.hold(HEDGED);
    Watch watch = new Watch();
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    watch.awaitStep(HEDGED, outcome);
    ProcessHandle worker = Leftovers.workers(ProcessHandle.current()).get(0);
    signal("STOP", worker);
    try {
      function.release(HEDGED);

      assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.FINISHED);
      assertThat(outcome.get().summary().steps()).isEqualTo(2 * SmallRun.STEPS);
    } finally {
      if (worker.isAlive()) {
        signal("CONT", worker);
      }
    }
    SmallRun calm = new SmallRun(root.resolve("calm")).inProcess().set("training.epochs", "4");
    calm.train();
    assertThat(run.bits()).isEqualTo(calm.bits());
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void aRunOutlivesMoreFailuresThanThreeThatPass() throws Exception {
    Path notes = Files.createDirectory(root.resolve("notes"));
    FailingStore.Orders failures = FailingStore.failing(notes, "-v3", "-v6", "-v9", "-v12", "-v15");
    SmallRun run = new SmallRun(root.resolve("run")).inProcess();

    Outcome outcome =
        new LocalTraining(failures.setup()).run(run.prepared(), new Watch(), new StopSignal());

    assertThat(failures.haveFailed()).isTrue();
    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertThat(run.bits()).isEqualTo(bits);
  }

  @Test
  void moreFailuresThanAllowedEndTheRun() throws Exception {
    Path notes = Files.createDirectory(root.resolve("notes"));
    FailingStore.Orders failures = FailingStore.failing(notes, "-v3", "-v4", "-v5", "-v6");
    SmallRun run =
        new SmallRun(root.resolve("run")).inProcess().set("checkpoints.restarts.most", "2");
    PreparedRun prepared = run.prepared();

    assertThatThrownBy(
            () -> new LocalTraining(failures.setup()).run(prepared, new Watch(), new StopSignal()))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("as asked");
    assertThat(notes.resolve("failed-v5")).exists();
    assertThat(notes.resolve("failed-v6")).doesNotExist();
  }

  private static JsonNode checkpoints(WebUi web, String job) throws Exception {
    return web.get("/jobs/" + job + "/checkpoints").path("counts");
  }

  private static long completed(WebUi web, String job) throws Exception {
    return checkpoints(web, job).path("completed").asLong();
  }

  @Test
  void weightsThatWouldNotBeFiniteEndTheRun() {
    SmallRun run =
        run()
            .inProcess()
            .home(SmallRun.HOME)
            .set("training.optimizer", "sgd")
            .set("training.learning-rate", "1e30");

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailedException.class)
        .message()
        .contains("step 1: none of its examples could be computed")
        .contains("NOT_FINITE", "the loss is NaN or infinite");
  }
}
