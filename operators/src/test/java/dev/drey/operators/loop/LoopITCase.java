package dev.drey.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.Structure;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.Admission;
import dev.drey.operators.coordination.PauseAnswer;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole loop on a small Flink: source, dispatch, tree, parameter server. */
@Timeout(600)
class LoopITCase {

  /** Waited out by slots that never get an answer; all others get theirs within milliseconds. */
  private static final Duration SLOT_DEADLINE = Duration.ofSeconds(2);

  @TempDir Path directory;
  private String id = "";

  @BeforeEach
  void name(TestInfo test) {
    id = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
  }

  @AfterEach
  void forget() {
    PureWorker.forget(id);
    TestingWeightStore.forget(id);
  }

  @ParameterizedTest
  @CsvSource({
    "1-4, 1", "1-4, 2", "1-4, 4",
    "1-2-4, 1", "1-2-4, 2", "1-2-4, 4",
    "1-3-10, 1", "1-3-10, 2", "1-3-10, 4"
  })
  void theWeightsAreThoseOfAStraightComputation(String structure, int parallelism)
      throws Exception {
    TestingRun run = run(structure, 20);

    TestingJob.Outcome outcome = new TestingJob(run, directory, parallelism).run();

    assertThatItIsRight(run, outcome);
  }

  @ParameterizedTest
  @CsvSource({"1-4, 1", "1-4, 2", "1-2-4, 4", "1-3-10, 2", "1-3-10, 4"})
  void failuresLeaveTheSameWeights(String structure, int parallelism) throws Exception {
    TestingRun run = run(structure, 60);
    PureWorker.orders(id).mostMillis = 6;
    TestingWeightStore.failing(id).addAll(List.of(0L, 17L, 18L, 41L, 59L));

    TestingJob.Outcome outcome =
        new TestingJob(run, directory, parallelism).checkpointEvery(Duration.ofMillis(30)).run();

    assertThat(TestingWeightStore.failing(id)).isEmpty();
    assertThatItIsRight(run, outcome);
  }

  @Test
  void failuresLeaveTheSameWeightsInRocksDbToo() throws Exception {
    TestingRun run = run("1-3-10", 50);
    PureWorker.orders(id).mostMillis = 10;
    TestingWeightStore.failing(id).addAll(List.of(20L, 40L));

    TestingJob.Outcome outcome =
        new TestingJob(run, directory, 2).inRocksDb().checkpointEvery(Duration.ofMillis(50)).run();

    assertThat(TestingWeightStore.failing(id)).isEmpty();
    assertThatItIsRight(run, outcome);
  }

  /** The source must not deal out by the version that the server had before the failure. */
  @Test
  void aFailureFarBeyondTheLastCheckpointDoesNotFloodTheLoop() throws Exception {
    TestingRun run = run("1-2-4", 400);
    TestingWeightStore.failing(id).addAll(List.of(150L, 300L, 399L));

    TestingJob.Outcome outcome =
        new TestingJob(run, directory, 2).checkpointEvery(Duration.ofMillis(700)).run();

    assertThat(TestingWeightStore.failing(id)).isEmpty();
    assertThatItIsRight(run, outcome);
  }

  @Test
  void aHopelessFailureEndsTheRunAtOnce() throws Exception {
    TestingRun run = run("1-4", 20);
    PureWorker.Orders orders = PureWorker.orders(id);
    orders.failAt.addAll(List.of(5L, 6L));
    orders.hopeless = true;

    assertThatThrownBy(() -> new TestingJob(run, directory, 2).run())
        .hasStackTraceContaining("failed after 1 attempt: REJECTED, as the test says");

    assertThat(orders.failures).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aStoppedRunEndsWithTheStepsThatWereOut(boolean withFailure) throws Exception {
    TestingRun run = run("1-3-10", 100_000);
    PureWorker.Orders orders = PureWorker.orders(id);
    TestingJob job = new TestingJob(run, directory, 2);
    JobClient client = job.start();
    awaitStep(20);
    if (withFailure) {
      TestingWeightStore.failing(id).add(orders.furthest.get() + 1);
    }

    Admission.Stopped stopped = (Admission.Stopped) job.stop(client);
    TestingJob.Outcome outcome = job.outcome(client);

    TestingRun shorter = run("1-3-10", (int) stopped.steps());
    assertThat(outcome.progress().version()).isEqualTo(stopped.steps());
    assertThat(outcome.progress().totals().examples()).isEqualTo(shorter.examples());
    assertThat(outcome.model()).containsExactly(shorter.straight());
  }

  /** Aligned checkpoints once deadlocked with a full dispatch operator. */
  @Test
  void checkpointsEveryTenMillisecondsDoNotHoldUpTheLoop() throws Exception {
    TestingRun run = run("1-3-10", 300);

    TestingJob.Outcome outcome =
        new TestingJob(run, directory, 2).checkpointEvery(Duration.ofMillis(10)).run();

    assertThatItIsRight(run, outcome);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "1, 4", "4, 2"})
  void aSavepointGoesOnAtAnotherParallelism(int before, int after) throws Exception {
    TestingRun run = run("1-3-10", 60);
    PureWorker.Orders orders = PureWorker.orders(id);
    orders.mostMillis = 12;
    TestingJob job = new TestingJob(run, directory, before);
    JobClient client = job.start();
    awaitStep(25);
    String savepoint = job.cancelWithSavepoint(client);

    TestingJob.Outcome outcome = new TestingJob(run, directory, after).from(savepoint).run();

    assertThatItIsRight(run, outcome);
  }

  /** Each change while a window of checkpoints is open, with failures before the next one. */
  @ParameterizedTest
  @CsvSource({"1-10, 1-3-10, 1-2-5-10, 2, 2", "1-2-5-10, 1-10, 1-5-10, 1, 4"})
  void aRunThatChangesItsStructureLosesAndDoublesNothing(
      String first, String second, String third, int before, int after) throws Exception {
    TestingRun run = run(first, 120);
    TreeMap<Long, Structure> structures = new TreeMap<>(Map.of(0L, run.structure()));
    TestingJob job = new TestingJob(run, directory, before);
    JobClient client = job.start();
    for (String next : List.of(second, third)) {
      awaitStep(structures.lastKey() + 20);
      long version =
          ((PauseAnswer.Paused) job.ask(client, new StepRequest.Pause(run.steps()))).version();
      String savepoint = job.cancelWithSavepoint(client);
      structures.put(version, Structure.parse(next));
      TestingWeightStore.failing(id).add(version + 3);
      job =
          new TestingJob(run, directory, after)
              .from(savepoint)
              .as(
                  new Generation(
                      structures.size() - 1, structures.lastEntry().getValue(), version));
      client = job.start();
    }

    TestingJob.Outcome outcome = job.outcome(client);

    assertThat(TestingWeightStore.failing(id)).isEmpty();
    assertThatItIsRight(run, outcome, run.straight(structures));
    assertThatItBalances(run, outcome);
  }

  @Test
  void aPauseThatIsLiftedChangesNothing() throws Exception {
    TestingRun run = run("1-3-10", 80);
    TestingJob job = new TestingJob(run, directory, 2);
    JobClient client = job.start();
    awaitStep(20);
    var paused = (PauseAnswer.Paused) job.ask(client, new StepRequest.Pause(run.steps()));
    Progress first = (Progress) job.ask(client, new StepRequest.Report());
    assertThat(first.version()).isEqualTo(paused.version());
    assertThat(job.ask(client, new StepRequest.IsPaused())).isEqualTo(paused);

    assertThat(job.ask(client, new StepRequest.Resume())).isInstanceOf(PauseAnswer.Running.class);

    assertThatItIsRight(run, job.outcome(client));
  }

  @Test
  void aStaleRunTrainsOnEveryExampleOnce() throws Exception {
    TestingRun run = new TestingRun(id, Structure.parse("1-3-10"), 40, 3);
    TestingWeightStore.failing(id).add(30L);

    TestingJob.Outcome outcome = new TestingJob(run, directory, 2).run();

    assertThat(TestingWeightStore.failing(id)).isEmpty();
    assertThat(outcome.progress().version()).isEqualTo(40);
    assertThat(outcome.progress().totals().examples()).isEqualTo(run.examples());
  }

  /** Some slots never answer, one of them in the last step, another in a step that owes. */
  @ParameterizedTest
  @CsvSource({"1-4, 1", "1-3-10, 2"})
  void aSlotThatNeverAnswersIsLeftOutAndItsExamplesAreOfferedAgain(
      String structure, int parallelism) throws Exception {
    TestingRun run = run(structure, 30);
    PureWorker.orders(id).silent.addAll(Set.of("1/2", "2/2", "16/3", "29/0"));
    TestingWeightStore.failing(id).addAll(List.of(9L, 17L));

    TestingJob.Outcome outcome =
        new TestingJob(run, directory, parallelism).slotDeadline(SLOT_DEADLINE).run();

    assertThatItIsRight(run, outcome);
    assertThat(TestingWeightStore.failing(id)).isEmpty();
    assertThatItBalances(run, outcome);
    Drops dropped = outcome.progress().account().dropped();
    long never = run.plan().training(29, 0).rows().length;
    assertThat(dropped.of(DropReason.LATE)).isEqualTo(dropped.total()).isGreaterThan(6);
    assertThat(outcome.progress().account().putBack()).isEqualTo(dropped.total() - never);
  }

  @Test
  void aStepThatLacksMoreThanItsQuorumAllowsEndsTheRun() throws Exception {
    TestingRun run = run("1-4", 30);
    PureWorker.orders(id).silent.addAll(Set.of("4/2", "4/3"));

    assertThatThrownBy(() -> new TestingJob(run, directory, 2).slotDeadline(SLOT_DEADLINE).run())
        .hasStackTraceContaining("SlotFailedException");
  }

  @ParameterizedTest
  @CsvSource({"1-4, 1", "1-3-10, 2"})
  void poisonedExamplesAreSetAsideAndTheRestIsTrainedOn(String structure, int parallelism)
      throws Exception {
    TestingRun run = run(structure, 30);
    Set<Integer> poison = PureWorker.orders(id).poison;
    poison.add(run.plan().training(0, 1).rows()[0]);
    poison.add(run.plan().training(2, 3).rows()[1]);
    // A step of one example only, and that a poisoned one, would end the run.
    for (long step = 3; step < 30; step += 4) {
      for (int slot = 0; slot < run.structure().slots(); slot++) {
        IntStream.of(run.plan().training(step, slot).rows()).forEach(poison::remove);
      }
    }
    assertThat(poison).isNotEmpty();
    TestingWeightStore.failing(id).addAll(List.of(9L, 17L));

    TestingJob.Outcome outcome = new TestingJob(run, directory, parallelism).run();

    assertThatItIsRight(run, outcome);
    assertThatItBalances(run, outcome);
    assertThat(outcome.progress().account().dropped().of(DropReason.FAULTY))
        .isEqualTo(run.plan().examples(30) - run.examples())
        .isGreaterThanOrEqualTo(7);
  }

  private static void assertThatItBalances(TestingRun run, TestingJob.Outcome outcome) {
    Progress last = outcome.progress();
    assertThat(run.plan().examples(run.steps()) + last.account().putBack())
        .isEqualTo(last.totals().examples() + last.account().dropped().total());
  }

  private TestingRun run(String structure, int steps) {
    return new TestingRun(id, Structure.parse(structure), steps, 0);
  }

  private void awaitStep(long step) {
    while (PureWorker.orders(id).furthest.get() < step) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void assertThatItIsRight(TestingRun run, TestingJob.Outcome outcome) {
    assertThatItIsRight(run, outcome, run.straight());
  }

  private static void assertThatItIsRight(
      TestingRun run, TestingJob.Outcome outcome, float[] straight) {
    assertThat(outcome.progress().version()).isEqualTo(run.steps());
    assertThat(outcome.progress().evaluatedVersion()).isEqualTo(run.steps());
    assertThat(outcome.progress().evaluation().examples()).isEqualTo(3);
    assertThat(outcome.progress().totals().examples()).isEqualTo(run.examples());
    assertThat(outcome.model()).containsExactly(straight);
  }
}
