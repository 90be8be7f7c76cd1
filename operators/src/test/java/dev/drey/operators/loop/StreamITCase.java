package dev.drey.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.ExampleIds;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.Position;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.Admission;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepRequest;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingTopic;
import dev.drey.operators.server.DriftRule;
import dev.drey.operators.stream.StreamSteps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.flink.core.execution.JobClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop on a stream, on a small Flink. */
@Timeout(600)
class StreamITCase {

  private static final int MINI_BATCH = 3;
  private static final DriftRule.Reaction.Replay REPLAY =
      new DriftRule.Reaction.Replay(20, 60, 0.5);
  private static final Duration WAIT = Duration.ofMillis(20);

  @TempDir Path directory;
  private String id = "";
  private TestingTopic topic = TestingTopic.of("");

  @BeforeEach
  void name(TestInfo test) {
    id = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
    topic = TestingTopic.of(id);
  }

  @AfterEach
  void forget() {
    PureWorker.forget(id);
    TestingWeightStore.forget(id);
    TestingTopic.forget(id);
  }

  @ParameterizedTest
  @CsvSource({"1-4, 1", "1-3-10, 2"})
  void aStreamThatEndsIsTrainedOnOnce(String structure, int parallelism) throws Exception {
    topic.fill("p0", 400).fill("p1", 150).close();

    TestingJob.Outcome outcome =
        new TestingJob(run(structure, WAIT, 0), directory, parallelism).run();

    assertThatAllWasTakenOnce(outcome, false);
    assertThat(outcome.progress().version()).isGreaterThan(10);
  }

  /** One partition per source task, and no time that decides: nothing is left to chance. */
  @ParameterizedTest
  @CsvSource({"1-4, 2", "1-3-10, 2"})
  void failuresLeaveTheSameBits(String structure, int parallelism) throws Exception {
    topic.fill("p0", 500).fill("p1", 430).close();
    StreamRun run = run(structure, null, 5);
    TestingJob.Outcome calm = new TestingJob(run, directory, parallelism).run();
    PureWorker.orders(id).mostMillis = 6;
    topic.failAt.addAll(Set.of("p0@60", "p0@400", "p1@120", "p1@429"));
    Set<Long> failing = TestingWeightStore.failing(id);
    failing.addAll(Set.of(0L, 3L, 4L, 11L));

    TestingJob.Outcome outcome =
        new TestingJob(run, directory, parallelism).checkpointEvery(Duration.ofMillis(30)).run();

    assertThat(failing).isEmpty();
    assertThat(topic.failAt).isEmpty();
    assertThatAllWasTakenOnce(calm, true);
    assertThatAllWasTakenOnce(outcome, true);
    assertThat(outcome.progress().version()).isEqualTo(calm.progress().version());
    assertThat(outcome.progress().evaluation()).isEqualTo(calm.progress().evaluation());
    assertThat(outcome.model()).containsExactly(calm.model());
    assertThat(outcome.model()).isNotEqualTo(TestingRun.initial());
  }

  /** The steps that replay, and what they draw, are the same whatever fails. */
  @ParameterizedTest
  @CsvSource({"1-4, 2", "1-3-10, 2"})
  void failuresLeaveTheSameBitsOfAReplay(String structure, int parallelism) throws Exception {
    topic.fill("p0", 1000).fill("p1", 430).close();
    PureWorker.orders(id).driftAt = 200;
    StreamSteps steps = new StreamSteps(MINI_BATCH, null, Long.MAX_VALUE, 5, 20);
    StreamRun run = new StreamRun(id, Structure.parse(structure), steps, 4, REPLAY);
    TestingJob.Outcome calm = new TestingJob(run, directory, parallelism).run();
    PureWorker.orders(id).mostMillis = 6;
    topic.failAt.addAll(Set.of("p0@60", "p0@220", "p0@400", "p1@250"));
    Set<Long> failing = TestingWeightStore.failing(id);
    long last = calm.progress().version();
    failing.addAll(Set.of(0L, last / 3, last / 2, last - 10));

    TestingJob.Outcome outcome =
        new TestingJob(run, directory, parallelism).checkpointEvery(Duration.ofMillis(30)).run();

    assertThat(failing).isEmpty();
    assertThat(topic.failAt).isEmpty();
    assertThatAllWasTakenOnce(calm, true);
    assertThatAllWasTakenOnce(outcome, true);
    assertThat(calm.progress().totals().replayed()).isGreaterThan(80);
    assertThat(outcome.progress().totals().replayed())
        .isEqualTo(calm.progress().totals().replayed());
    assertThat(outcome.progress().version()).isEqualTo(last);
    assertThat(outcome.progress().evaluation()).isEqualTo(calm.progress().evaluation());
    assertThat(outcome.model()).containsExactly(calm.model());
  }

  @ParameterizedTest
  @CsvSource({"hashmap", "rocksdb"})
  void everyExampleCountsOnceWhateverFails(String backend) throws Exception {
    topic.fill("p0", 700).fill("p1", 200);
    PureWorker.orders(id).mostMillis = 4;
    topic.failAt.addAll(Set.of("p0@60", "p0@400", "p2@120", "p1@150"));
    Set<Long> failing = TestingWeightStore.failing(id);
    failing.addAll(Set.of(2L, 9L, 10L, 30L));
    TestingJob job =
        new TestingJob(run("1-3-10", WAIT, 5), directory, 2).checkpointEvery(Duration.ofMillis(30));
    JobClient client = (backend.equals("rocksdb") ? job.inRocksDb() : job).start();
    await(client, job, progress -> progress.intake().trained() > 100);
    topic.fill("p2", 300).fill("p1", 500).fill("p3", 10).close();

    TestingJob.Outcome outcome = job.outcome(client);

    assertThat(failing).isEmpty();
    assertThat(topic.failAt).isEmpty();
    assertThatAllWasTakenOnce(outcome, true);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "1, 2"})
  void aSavepointGoesOnAtAnotherParallelism(int before, int after) throws Exception {
    topic.fill("p0", 405).fill("p1", 100).fill("p2", 1);
    PureWorker.orders(id).driftAt = 120;
    StreamSteps steps = new StreamSteps(MINI_BATCH, WAIT, Long.MAX_VALUE, 4, 20);
    StreamRun run = new StreamRun(id, Structure.parse("1-3-10"), steps, 4, REPLAY);
    TestingJob job = new TestingJob(run, directory, before);
    JobClient client = job.start();
    await(client, job, progress -> progress.intake().trained() > 50);
    String savepoint = job.cancelWithSavepoint(client);
    topic.fill("p1", 322).fill("p4", 71).close();
    TestingWeightStore.failing(id).add(30L);

    TestingJob.Outcome outcome = new TestingJob(run, directory, after).from(savepoint).run();

    assertThatAllWasTakenOnce(outcome, true);
    assertThat(outcome.progress().totals().replayed()).isPositive();
  }

  /** Nothing is heard of a partition, and nothing of a task without one. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aSilentPartitionHoldsNothingUp(boolean exists) throws Exception {
    topic.fill("p0", 500);
    if (exists) {
      topic.fill("p1", 0);
    }
    TestingJob job = new TestingJob(run("1-4", WAIT, 0), directory, 2);
    JobClient client = job.start();

    await(client, job, progress -> progress.intake().trained() == trainable(500));
    topic.close();

    assertThatAllWasTakenOnce(job.outcome(client), false);
  }

  /** A mini-batch may wait for long, but not while another task has records for whole steps. */
  @ParameterizedTest
  @CsvSource({"38, 62", "5, 95"})
  void unevenPartitionsAreReadAsTheyAreWritten(int first, int second) throws Exception {
    topic.fill("p0", 0).fill("p1", 0);
    int mostLeft = 3 * 2 * MINI_BATCH * 2; // three steps of one task, and malformed records
    TestingJob job = new TestingJob(run("1-4", Duration.ofSeconds(5), 0), directory, 2);
    JobClient client = job.start();
    for (int i = 1; i <= 10; i++) {
      long written = (long) i * (first + second);
      topic.fill("p0", (long) i * first).fill("p1", (long) i * second);
      while (topic.read.get() < written - mostLeft) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
    topic.close();

    assertThatAllWasTakenOnce(job.outcome(client), false);
  }

  @Test
  void aSilentTopicMakesNoStepsAndLetsCheckpointsPass() throws Exception {
    topic.fill("p0", 40).fill("p1", 3);
    TestingJob job = new TestingJob(run("1-4", WAIT, 0), directory, 2);
    JobClient client = job.start();
    Progress quiet =
        await(client, job, progress -> progress.intake().trained() == trainable(40) + trainable(3));

    job.savepoint(client);
    job.savepoint(client);

    assertThat(progress(client, job).version()).isEqualTo(quiet.version());
    // Nobody asks for a step who could learn that there is none: the source is told.
    Admission.Stopped stopped = (Admission.Stopped) job.stop(client);
    assertThat(stopped.steps()).isEqualTo(quiet.version());
    assertThat(job.outcome(client).progress().version()).isEqualTo(quiet.version());
  }

  @Test
  void aStopDoesNotWaitForExamples() throws Exception {
    topic.fill("p0", 100).fill("p1", 0);
    TestingJob job = new TestingJob(run("1-4", null, 0), directory, 2);
    JobClient client = job.start();
    while (topic.read.get() < 20) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }

    Admission.Stopped stopped = (Admission.Stopped) job.stop(client);

    assertThat(job.outcome(client).progress().version()).isEqualTo(stopped.steps());
  }

  /**
   * The workers never answer: what may be emitted is read, and not a record more. Mini-batches wait
   * until they are full, else a slow machine would emit some with fewer examples.
   */
  @Test
  void aLoopThatIsHeldUpReadsNoFurtherAndLetsCheckpointsPass() throws Exception {
    topic.fill("p0", 100_000);
    PureWorker.orders(id).silent.add("all");
    int room = StreamRun.policy().stepsAhead() * 4 * MINI_BATCH;
    TestingJob job = new TestingJob(run("1-4", null, 0), directory, 1);
    JobClient client = job.start();
    while (trainable(topic.read.get()) < room) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }

    job.savepoint(client);
    String savepoint = job.cancelWithSavepoint(client);

    assertThat(trainable(topic.read.get())).isEqualTo(room);
    PureWorker.orders(id).silent.clear();
    topic.fill("p0", 200).close();
    TestingJob.Outcome outcome =
        new TestingJob(run("1-4", null, 0), directory, 1).from(savepoint).run();
    assertThatAllWasTakenOnce(outcome, false);
  }

  @Test
  void recordsThatNoWorkerCanComputeAreSetAsideByTheirPositions() throws Exception {
    topic.fill("p0", 300).close();
    PureWorker.orders(id).poison.addAll(Set.of(50, 51, 160));
    TestingWeightStore.failing(id).add(12L);

    TestingJob.Outcome outcome = new TestingJob(run("1-4", WAIT, 0), directory, 2).run();

    assertThatAllWasTakenOnce(outcome, false);
    assertThat(outcome.progress().account().dropped().of(DropReason.FAULTY)).isEqualTo(3);
    assertThat(outcome.dropped())
        .flatExtracting(dropped -> ((ExampleIds.Records) dropped.examples()).positions())
        .contains(new Position("p0", 50), new Position("p0", 51), new Position("p0", 160));
  }

  /** Examples among the first records of a partition. */
  private static long trainable(long records) {
    return LongStream.range(0, records)
        .filter(offset -> !TestingEncoder.isMalformed(offset))
        .count();
  }

  private static Progress progress(JobClient client, TestingJob job) throws Exception {
    return (Progress) job.ask(client, new StepRequest.Report());
  }

  private static Progress await(JobClient client, TestingJob job, Predicate<Progress> condition)
      throws Exception {
    while (true) {
      try {
        Progress progress = progress(client, job);
        if (condition.test(progress)) {
          return progress;
        }
      } catch (ExecutionException e) {
        // the job is not running yet, or starts again
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** Everything of the topic, in the account and in the sums. */
  private void assertThatAllWasTakenOnce(TestingJob.Outcome outcome, boolean holdsOut) {
    long trained = 0;
    long numbers = 0;
    Set<Position> malformed = new HashSet<>();
    for (String partition : topic.partitions()) {
      long held = 0;
      long bad = 0;
      for (long offset = 0; offset < topic.end(partition); offset++) {
        if (TestingEncoder.isMalformed(offset)) {
          malformed.add(new Position(partition, offset));
          bad++;
        } else if (holdsOut && TestingEncoder.isHeldOut(offset)) {
          held++;
        } else {
          trained++;
          numbers += StreamWorker.number(Integer.parseInt(partition.substring(1)), offset);
        }
      }
      Intake.PartitionIntake none = new Intake.PartitionIntake(0, 0, 0, 0, new byte[0]);
      Intake.PartitionIntake reach =
          outcome.progress().intake().partitions().getOrDefault(partition, none);
      assertThat(reach.nextOffset()).isEqualTo(topic.end(partition));
      assertThat(reach.rejected()).isEqualTo(bad);
      assertThat(reach.heldOut()).isEqualTo(held);
      assertThat(reach.trained()).isEqualTo(topic.end(partition) - bad - held);
    }
    Progress last = outcome.progress();
    assertThat(last.intake().trained()).isEqualTo(trained);
    assertThat(last.totals().examples() + last.account().dropped().total()).isEqualTo(trained);
    if (last.account().dropped().total() == 0) {
      assertThat(last.totals().correct()).isEqualTo(numbers);
    }
    assertThat(outcome.rejected()).isEqualTo(malformed);
  }

  private StreamRun run(String structure, @Nullable Duration maxWait, long evaluateEvery) {
    return new StreamRun(
        id,
        Structure.parse(structure),
        new StreamSteps(MINI_BATCH, maxWait, Long.MAX_VALUE, evaluateEvery, 20),
        4,
        null);
  }
}
