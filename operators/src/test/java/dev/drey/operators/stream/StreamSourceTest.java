package dev.drey.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Round;
import dev.drey.operators.coordination.LoopEvent;
import dev.drey.operators.coordination.ReplaySpan;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingRecords;
import dev.drey.operators.records.TestingTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StreamSourceTest {

  private static final int MINI_BATCH = 3;
  private static final int AHEAD = 4;
  private static final Duration WAIT = Duration.ofSeconds(1);

  private String id = "";
  private TestingTopic topic = TestingTopic.of("");

  @BeforeEach
  void name(TestInfo test) {
    id = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
    topic = TestingTopic.of(id);
  }

  @AfterEach
  void forget() {
    TestingTopic.forget(id);
  }

  @Test
  void slotsAreFilledOneAfterTheOtherAsFarAsTheyMayBe() throws Exception {
    topic.fill("p0", 1000);
    StreamTasks tasks = tasks("1-4", WAIT, 0, 1);
    tasks.send(new LoopEvent.VersionReached(2));

    tasks.pollAll();

    List<StreamBatch> emitted = tasks.all();
    assertThat(emitted).hasSize((2 + AHEAD) * 4);
    assertThat(emitted).allSatisfy(batch -> assertThat(batch.count()).isEqualTo(MINI_BATCH));
    for (int i = 0; i < emitted.size(); i++) {
      assertThat(emitted.get(i).step()).isEqualTo(i / 4);
      assertThat(emitted.get(i).slot()).isEqualTo(i % 4);
    }
    // In the order of the partition, without those of which no example can be made.
    assertThat(positions(emitted))
        .containsExactlyElementsOf(
            positions("p0", 0, 1000, false).subList(0, emitted.size() * MINI_BATCH));
    assertThat(tasks.rejected.get(0).reason()).isEqualTo("the value has 1 bytes, must have 8");
    assertThat(tasks.reader(0).isAvailable()).isNotDone();
  }

  @Test
  void nothingIsReadBeforeTheServerIsThere() throws Exception {
    topic.fill("p0", 10);
    StreamTasks tasks = tasks("1-4", WAIT, 0, 1);

    assertThat(tasks.poll(0)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(tasks.reader(0).isAvailable()).isNotDone();
    assertThat(topic.read).hasValue(0);
  }

  @Test
  void aMiniBatchSaysWhatWasReadForIt() throws Exception {
    topic.fill("p0", 40);
    StreamTasks tasks = tasks("1-2", WAIT, 0, 1);
    tasks.send(new LoopEvent.VersionReached(0));

    tasks.pollAll();

    // Of the offsets 0, 1, 2, [3], 4, 5, 6 the second mini-batch has 4, 5 and 6; 3 is malformed.
    Intake.PartitionIntake reach = tasks.all().get(1).intake().partitions().get("p0");
    assertThat(reach.nextOffset()).isEqualTo(7);
    assertThat(reach.trained()).isEqualTo(3);
    assertThat(reach.rejected()).isEqualTo(1);
    assertThat(reach.learnt()).containsExactly(0, 0, 0, 0, 0, 0, 0, 6);
    assertThat(tasks.all().get(1).intake().written()).isEqualTo(new Intake.Written(1004, 1006));
  }

  @Test
  void aStepWithoutEnoughExamplesGoesOutWhenItsTimeIsOver() throws Exception {
    topic.fill("p0", 5); // four examples
    StreamTasks tasks = tasks("1-4", WAIT, 0, 1);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();
    assertThat(tasks.all()).hasSize(1);
    assertThat(tasks.reader(0).isAvailable()).isNotDone();

    tasks.alarms.pass(WAIT.minusMillis(1));
    tasks.pollAll();
    assertThat(tasks.all()).hasSize(1);
    var available = tasks.reader(0).isAvailable();
    tasks.alarms.pass(Duration.ofMillis(1));
    assertThat(available).isDone();
    tasks.pollAll();

    assertThat(tasks.all()).extracting(StreamBatch::count).containsExactly(3, 1, 0, 0);
    assertThat(tasks.all()).allSatisfy(batch -> assertThat(batch.step()).isZero());
  }

  @Test
  void aSilentTopicIsDealtNothing() throws Exception {
    topic.fill("p0", 0).fill("p1", 0);
    StreamTasks tasks = tasks("1-4", WAIT, 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();

    tasks.alarms.pass(WAIT.multipliedBy(100));
    tasks.pollAll();

    assertThat(tasks.all()).isEmpty();
    assertThat(tasks.alarms.pending()).isZero();
    assertThat(tasks.reader(0).isAvailable()).isNotDone();
  }

  /** It waits once, and is idle until it has an example again. */
  @Test
  void aTaskThatHasNothingIsNotWaitedForTwice() throws Exception {
    topic.fill("p0", 1000).fill("p1", 0);
    StreamTasks tasks = tasks("1-4", WAIT, 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();
    assertThat(tasks.emitted.get(0)).hasSize(2 * AHEAD);
    assertThat(tasks.emitted.get(1)).isEmpty();

    tasks.alarms.pass(WAIT);
    tasks.pollAll();
    assertThat(tasks.emitted.get(1)).hasSize(2 * AHEAD);
    tasks.send(new LoopEvent.VersionReached(1));
    tasks.pollAll();
    assertThat(tasks.emitted.get(1)).hasSize(2 * (AHEAD + 1));
    assertThat(tasks.emitted.get(1)).allSatisfy(batch -> assertThat(batch.count()).isZero());

    topic.fill("p1", 1);
    tasks.send(new LoopEvent.VersionReached(2));
    tasks.pollAll();
    assertThat(tasks.emitted.get(1)).hasSize(2 * (AHEAD + 1));
    tasks.alarms.pass(WAIT);
    tasks.pollAll();
    assertThat(positions(tasks.emitted.get(1))).containsExactly(new Position("p1", 0));
  }

  /**
   * At a steady rate; a step takes no time to compute, and the records of a second make 10 or 20.
   */
  @ParameterizedTest
  @CsvSource({"38, 62, true", "5, 95, true", "38, 62, false"})
  void unevenPartitionsAreReadAsTheyAreWritten(int first, int second, boolean bothFromTheStart)
      throws Exception {
    StreamSteps steps = new StreamSteps(16, WAIT, Long.MAX_VALUE, 7, 100);
    topic.fill("p0", bothFromTheStart ? 1 : 0).fill("p1", 1);
    StreamTasks tasks = new StreamTasks(id, plan(Structure.of(1, 4), steps, AHEAD), 2, null);
    long most = 0;
    for (int tenth = 1; tenth <= 200; tenth++) {
      topic.fill("p0", (long) first * tenth).fill("p1", (long) second * tenth);
      for (int i = 0; i < 10; i++) {
        tasks.alarms.pass(Duration.ofMillis(10));
        apply(tasks);
      }
      most = Math.max(most, (first + second) * (long) tenth - topic.read.get());
    }
    assertThat(most).as("records not read").isLessThan(10L * (first + second)); // a second's

    topic.close();
    tasks.discover();
    while (!tasks.allEnded()) {
      apply(tasks);
      tasks.alarms.pass(WAIT);
    }
    Intake intake = tasks.all().stream().map(StreamBatch::intake).reduce(Intake.NONE, Intake::plus);
    assertThat(intake.partitions().get("p0").nextOffset()).isEqualTo(200L * first);
    assertThat(intake.partitions().get("p1").nextOffset()).isEqualTo(200L * second);
  }

  /** Lets the tasks make all steps that they can, each of which is applied at once. */
  private static void apply(StreamTasks tasks) throws Exception {
    long version = -1;
    while (version < complete(tasks.all(), 4)) {
      version = complete(tasks.all(), 4);
      tasks.send(new LoopEvent.VersionReached(version));
      tasks.pollAll();
    }
  }

  @Test
  void aTaskThatOthersWaitForGivesWhatItHas() throws Exception {
    topic.fill("p0", 2).fill("p1", 8); // of p1 seven examples: one for the second step
    StreamTasks tasks = tasks("1-4", WAIT, 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();
    tasks.alarms.pass(WAIT.dividedBy(10));
    tasks.pollAll();
    assertThat(tasks.emitted.get(0)).isEmpty();

    topic.fill("p1", 1000); // two steps more
    tasks.pollAll();

    assertThat(tasks.emitted.get(0)).extracting(StreamBatch::count).startsWith(2, 0);
  }

  @Test
  void howeverLongTheTimeOthersAreHeldUpForAMoment() throws Exception {
    topic.fill("p0", 2).fill("p1", 100_000);
    StreamTasks tasks = tasks("1-4", Duration.ofHours(24), 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();
    assertThat(tasks.emitted.get(0)).isEmpty();

    tasks.alarms.pass(Duration.ofMillis(100));
    tasks.pollAll();

    assertThat(tasks.emitted.get(0)).extracting(StreamBatch::count).startsWith(2, 0);
    for (long version = 1; version <= 200; version++) { // from then on p0 is silent
      tasks.send(new LoopEvent.VersionReached(version));
      tasks.alarms.pass(Duration.ofMillis(100));
      tasks.pollAll();
    }
    int before = tasks.emitted.get(0).size();
    tasks.send(new LoopEvent.VersionReached(201));
    tasks.pollAll();
    assertThat(tasks.emitted.get(0)).hasSize(before + 2);
  }

  @Test
  void withoutATimeATaskWaitsThoughOthersAreAhead() throws Exception {
    topic.fill("p0", 2).fill("p1", 1000);
    StreamTasks tasks = tasks("1-4", null, 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();

    tasks.alarms.pass(Duration.ofDays(1));
    tasks.pollAll();

    assertThat(tasks.emitted.get(0)).isEmpty();
    assertThat(tasks.emitted.get(1)).hasSize(2 * AHEAD);
  }

  @Test
  void withoutATimeASlotWaitsForItsExamples() throws Exception {
    topic.fill("p0", 1000).fill("p1", 2);
    StreamTasks tasks = tasks("1-4", null, 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();

    tasks.alarms.pass(Duration.ofDays(1));
    tasks.pollAll();
    assertThat(tasks.emitted.get(1)).isEmpty();

    topic.fill("p1", 4).close(); // ends: nobody waits for what will not come
    tasks.discover();
    tasks.pollAll();
    assertThat(tasks.emitted.get(1)).extracting(StreamBatch::count).startsWith(3, 0, 0);
  }

  /** A task gets its splits piece by piece: units, then partitions. */
  @Test
  void aRestoredMiniBatchWaitsForThePartitionThatItWasReadFrom() throws Exception {
    topic.fill("p0", 100).fill("p1", 100);
    StreamSteps steps = new StreamSteps(MINI_BATCH, null, Long.MAX_VALUE, 0, 1);
    Structure structure = Structure.of(1, 4);
    StreamTasks calm = new StreamTasks(id, plan(structure, steps, 2), 2, null);
    calm.send(new LoopEvent.VersionReached(0));
    calm.poll(0);
    calm.poll(1);
    StreamTasks.Checkpoint checkpoint = calm.checkpoint(); // an example each
    calm.pollAll();

    StreamTasks restored = new StreamTasks(id, plan(structure, steps, 2), 2, checkpoint, 0);
    restored.pollAll();

    assertThat(calm.all()).hasSize(2 * 4).allMatch(batch -> batch.count() == MINI_BATCH);
    assertThat(positions(restored.all())).isEqualTo(positions(calm.all()));
  }

  @Test
  void aTaskWithoutPartitionsHoldsNothingUpEvenWithoutATime() throws Exception {
    topic.fill("p0", 1000);
    StreamTasks tasks = tasks("1-4", null, 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));

    tasks.pollAll();

    assertThat(tasks.emitted.get(1)).hasSize(2 * AHEAD);
  }

  @Test
  void recordsOfWhichNoExampleCanBeMadeMakeNoStep() throws Exception {
    topic.fill("p0", 4); // 0, 1, 2 and the malformed 3
    StreamTasks tasks = tasks("1-2", WAIT, 0, 1);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();
    assertThat(tasks.rejected).hasSize(1);

    topic.close();
    tasks.discover();
    tasks.pollAll();

    // The stream ends, and somebody has to tell of what was read.
    StreamBatch last = tasks.all().get(1);
    assertThat(last.count()).isZero();
    assertThat(last.intake().rejected()).isEqualTo(1);
    tasks.send(new LoopEvent.VersionReached(1));
    assertThat(tasks.allEnded()).isTrue();
  }

  @Test
  void examplesThatAreHeldOutAreEvaluatedAndNotTrainedOn() throws Exception {
    topic.fill("p0", 1000);
    StreamTasks tasks = tasks("1-4", WAIT, 3, 1);
    for (long version = 0; version < 6; version++) {
      tasks.send(new LoopEvent.VersionReached(version));
      tasks.pollAll();
    }

    List<StreamBatch> evaluated =
        tasks.all().stream()
            .filter(batch -> batch.round().kind() == Round.Kind.EVALUATION)
            .toList();
    assertThat(evaluated)
        .extracting(StreamBatch::step)
        .containsExactly(3L, 3L, 3L, 3L, 6L, 6L, 6L, 6L);
    assertThat(positions(evaluated)).doesNotHaveDuplicates().isNotEmpty();
    assertThat(positions(evaluated))
        .allSatisfy(position -> assertThat(TestingEncoder.isHeldOut(position.offset())).isTrue());
    assertThat(positions(training(tasks.all())))
        .noneSatisfy(position -> assertThat(TestingEncoder.isHeldOut(position.offset())).isTrue());
  }

  @Test
  void ofExamplesThatAreHeldOutTheNewestAreKept() throws Exception {
    topic.fill("p0", 1000);
    StreamSteps steps = new StreamSteps(MINI_BATCH, WAIT, Long.MAX_VALUE, 20, 2);
    StreamTasks tasks = new StreamTasks(id, plan(Structure.of(1, 1), steps, 21), 1, null);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();

    StreamBatch evaluated =
        tasks.all().stream()
            .filter(b -> b.round().kind() == Round.Kind.EVALUATION)
            .findFirst()
            .orElseThrow();
    long last = positions(training(tasks.all())).get(20 * MINI_BATCH - 1).offset();
    List<Position> heldOut =
        LongStream.range(0, last)
            .filter(TestingEncoder::isHeldOut)
            .mapToObj(offset -> new Position("p0", offset))
            .toList();
    assertThat(heldOut).hasSizeGreaterThan(2);
    assertThat(positions(List.of(evaluated)))
        .containsExactlyElementsOf(heldOut.subList(heldOut.size() - 2, heldOut.size()));
  }

  @Test
  void aStreamEndsWhenAllThatWasDealtIsApplied() throws Exception {
    topic.fill("p0", 30).fill("p1", 2).close();
    StreamTasks tasks = tasks("1-4", null, 0, 2);
    long version = 0;
    while (!tasks.allEnded()) {
      tasks.discover();
      tasks.send(new LoopEvent.VersionReached(version));
      tasks.pollAll();
      version = complete(tasks.all(), 4);
    }

    assertThat(positions(tasks.all())).hasSize(26 + 2);
    assertThat(complete(tasks.all(), 4)).isEqualTo(version).isPositive();
    assertThat(tasks.all()).hasSize((int) version * 4);
  }

  @Test
  void aStopDealsOutWhatIsLeftAndReadsNoMore() throws Exception {
    topic.fill("p0", 1000).fill("p1", 0);
    StreamTasks tasks = tasks("1-4", null, 0, 2);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();
    long read = topic.read.get();

    tasks.send(new LoopEvent.StopAt(2));
    tasks.send(new LoopEvent.VersionReached(1));
    tasks.pollAll();

    assertThat(tasks.emitted.get(1)).hasSize(2 * 2);
    assertThat(topic.read).hasValue(read);
    tasks.send(new LoopEvent.VersionReached(2));
    assertThat(tasks.allEnded()).isTrue();
  }

  /** Whenever it is restored, at whatever parallelism, with and without a time. */
  @ParameterizedTest
  @CsvSource({"1-4, true", "1-3-10, true", "1-2-4, false"})
  void aRestoreTakesEveryRecordOnce(String structure, boolean timed) throws Exception {
    int slots = Structure.parse(structure).slots();
    Random random = new Random(structure.hashCode());
    for (int run = 0; run < 40; run++) {
      TestingTopic.forget(id);
      topic = TestingTopic.of(id);
      topic.fill("p0", 100).fill("p1", 3).fill("p2", 50);
      List<StreamBatch> all = new ArrayList<>();
      StreamTasks.@Nullable Checkpoint checkpoint = null;
      boolean ended = false;
      for (int start = 0; !ended; start++) {
        StreamSteps steps =
            new StreamSteps(MINI_BATCH, timed ? WAIT : null, Long.MAX_VALUE, 5, 1000);
        StreamTasks tasks =
            new StreamTasks(
                id,
                plan(Structure.parse(structure), steps, AHEAD),
                1 + random.nextInt(3),
                checkpoint);
        if (start == 3) {
          topic.fill("p1", 60).fill("p3", 20).close();
        }
        for (int i = random.nextInt(60); i >= 0 && !ended; i--) {
          List<StreamBatch> now = new ArrayList<>(all);
          now.addAll(tasks.all());
          tasks.send(new LoopEvent.VersionReached(complete(now, slots)));
          act(random, tasks);
          ended = start > 3 && tasks.allEnded();
        }
        all.addAll(tasks.all());
        checkpoint = tasks.checkpoint();
      }

      assertThat(names(all)).doesNotHaveDuplicates();
      assertThat(training(all)).hasSize((int) complete(all, slots) * slots);
      List<Position> expected = new ArrayList<>();
      for (String partition : topic.partitions()) {
        expected.addAll(positions(partition, 0, topic.end(partition), true));
      }
      assertThat(positions(training(all))).containsExactlyInAnyOrderElementsOf(expected);
      Intake intake = all.stream().map(StreamBatch::intake).reduce(Intake.NONE, Intake::plus);
      assertThat(intake.trained()).isEqualTo(expected.size());
      for (String partition : topic.partitions()) {
        assertThat(intake.partitions().get(partition).nextOffset()).isEqualTo(topic.end(partition));
      }
      assertThat(intake.trained() + intake.heldOut() + intake.rejected())
          .isEqualTo(topic.partitions().stream().mapToLong(topic::end).sum());
      assertThat(learntInOrder(training(all))).isTrue();
    }
  }

  private static void act(Random random, StreamTasks tasks) throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> tasks.alarms.pass(WAIT);
      case 1 -> tasks.discover();
      case 2 -> tasks.pollAll();
      default -> {
        for (int i = random.nextInt(10); i >= 0; i--) {
          tasks.poll(random.nextInt(tasks.currentParallelism()));
        }
      }
    }
  }

  /** Whether every example was made knowing of exactly those before it in its partition. */
  private static boolean learntInOrder(List<StreamBatch> batches) {
    return batches.stream()
        .flatMap(batch -> batch.examples().stream())
        .allMatch(
            placed -> {
              long offset = placed.position().offset();
              long before =
                  LongStream.rangeClosed(0, offset)
                      .filter(o -> !TestingEncoder.isMalformed(o))
                      .count();
              return placed.example().features()[2] == before;
            });
  }

  @Test
  void aReplayDrawsWhatCameSinceAndReadsNothingForIt() throws Exception {
    topic.fill("p0", 1000);
    StreamTasks tasks = replaying("1-4", WAIT, 1, null);
    tasks.send(new LoopEvent.VersionReached(0));
    tasks.pollAll();
    tasks.send(new LoopEvent.VersionReached(4, List.of(new ReplaySpan(5, 7, 2))));
    tasks.pollAll();

    List<StreamBatch> replayed = tasks.all().stream().filter(StreamBatch::replayed).toList();
    List<StreamBatch> fresh = tasks.all().stream().filter(b -> !b.replayed()).toList();
    assertThat(names(replayed))
        .containsExactly("TRAINING 5/0", "TRAINING 5/2", "TRAINING 6/1", "TRAINING 6/3");
    for (StreamBatch batch : replayed) {
      List<Position> since =
          positions(
              fresh.stream()
                  .filter(b -> b.step() >= 2 && b.slot() == batch.slot())
                  .filter(b -> b.step() < batch.step())
                  .toList());
      assertThat(positions(List.of(batch))).isNotEmpty().isSubsetOf(since);
      assertThat(batch.intake().isNone()).isTrue();
    }
    // What is new comes in its order, each once.
    assertThat(positions(fresh))
        .containsExactlyElementsOf(
            positions("p0", 0, 1000, false).subList(0, fresh.size() * MINI_BATCH));
    assertThat(tasks.all()).hasSize((4 + AHEAD) * 4);
  }

  @Test
  void aReplayMakesNoStepsOfASilentStream() throws Exception {
    topic.fill("p0", 28); // 24 examples: two steps of 4 slots
    StreamTasks tasks = replaying("1-4", WAIT, 1, null);
    tasks.send(new LoopEvent.VersionReached(0, List.of(new ReplaySpan(2, 100, 0))));
    tasks.pollAll();
    assertThat(tasks.all()).hasSize(2 * 4);

    tasks.alarms.pass(WAIT.multipliedBy(100));
    tasks.pollAll();
    assertThat(tasks.all()).hasSize(2 * 4);

    topic.fill("p0", 29);
    tasks.send(new LoopEvent.VersionReached(2, List.of(new ReplaySpan(2, 100, 0))));
    tasks.pollAll();
    tasks.alarms.pass(WAIT);
    tasks.pollAll();
    assertThat(tasks.all().subList(8, 12))
        .extracting(StreamBatch::replayed)
        .containsExactly(false, true, false, true);
    assertThat(positions(tasks.all().subList(8, 9))).containsExactly(new Position("p0", 28));
    assertThat(tasks.all()).hasSize(3 * 4);
  }

  /** A partition per task, and no time that decides. */
  @ParameterizedTest
  @CsvSource({"1-4", "1-3-10", "1-2-2"})
  void aReplayIsTheSameWheneverItIsRestored(String structure) throws Exception {
    topic.fill("p0", 300).fill("p1", 500).close();
    List<String> calm = withReplay(structure, null);
    Random random = new Random(structure.hashCode());

    assertThat(calm).anyMatch(batch -> batch.endsWith("replayed"));
    for (int run = 0; run < 20; run++) {
      assertThat(withReplay(structure, random)).isEqualTo(calm);
    }
  }

  /** What is emitted until the stream ends, if a drift is found when version 9 is complete. */
  private List<String> withReplay(String structure, @Nullable Random failures) throws Exception {
    int slots = Structure.parse(structure).slots();
    List<StreamBatch> all = new ArrayList<>();
    StreamTasks.@Nullable Checkpoint checkpoint = null;
    boolean ended = false;
    while (!ended) {
      StreamTasks tasks = replaying(structure, null, 2, checkpoint);
      int favourite = failures == null ? 0 : failures.nextInt(2);
      for (int left = failures == null ? -1 : failures.nextInt(60); left != 0 && !ended; left--) {
        List<StreamBatch> now = new ArrayList<>(all);
        now.addAll(tasks.all());
        long version = complete(now, slots);
        if (failures != null) {
          version -= failures.nextInt(AHEAD); // it lags behind what is emitted
        }
        tasks.send(reached(Math.max(0, version)));
        tasks.discover();
        if (failures == null) {
          tasks.pollAll();
        } else {
          tasks.poll(failures.nextInt(4) == 0 ? 1 - favourite : favourite);
        }
        ended = (failures == null || failures.nextInt(20) == 0) && tasks.allEnded();
      }
      all.addAll(tasks.all());
      checkpoint = tasks.checkpoint();
    }
    return all.stream()
        .filter(batch -> batch.count() > 0)
        .map(
            batch ->
                batch.step()
                    + "/"
                    + batch.slot()
                    + positions(List.of(batch))
                    + (batch.replayed() ? "replayed" : ""))
        .sorted()
        .toList();
  }

  private static LoopEvent reached(long version) {
    return new LoopEvent.VersionReached(
        version,
        version < 9 ? List.of() : List.of(new ReplaySpan(9 - 1 + AHEAD, 9 - 1 + AHEAD + 12, 4)));
  }

  @Test
  void stateOfAnotherFormatIsRefused() {
    StreamSource<?, ?> source =
        new StreamSource<>(
            new TestingRecords(id),
            new TestingEncoder.Maker(false),
            plan(Structure.of(1, 4), steps(WAIT, 0), AHEAD));

    assertThatThrownBy(() -> source.getSplitSerializer().deserialize(9, new byte[16]))
        .isInstanceOf(IOException.class)
        .hasMessage("split has version 9, this side reads up to 2");
    assertThatThrownBy(() -> source.getSplitSerializer().deserialize(1, new byte[] {7}))
        .isInstanceOf(IOException.class)
        .hasMessage("split is of kind 7, must be 0 or 1");
    assertThatThrownBy(() -> source.getEnumeratorCheckpointSerializer().deserialize(2, new byte[9]))
        .isInstanceOf(IOException.class);
  }

  /** The first step that lacks a slot. */
  private static long complete(List<StreamBatch> all, int slots) {
    Map<Long, Long> slotsOfStep =
        training(all).stream()
            .collect(Collectors.groupingBy(StreamBatch::step, Collectors.counting()));
    long step = 0;
    while (slotsOfStep.getOrDefault(step, 0L) >= slots) {
      step++;
    }
    return step;
  }

  private static List<StreamBatch> training(List<StreamBatch> batches) {
    return batches.stream().filter(batch -> batch.round().kind() == Round.Kind.TRAINING).toList();
  }

  private static List<String> names(List<StreamBatch> batches) {
    return batches.stream().map(b -> b.round().kind() + " " + b.step() + "/" + b.slot()).toList();
  }

  private static List<Position> positions(List<StreamBatch> batches) {
    return batches.stream()
        .flatMap(batch -> batch.examples().stream())
        .map(PlacedExample::position)
        .toList();
  }

  /** Of the examples to train on among a partition's records. */
  private static List<Position> positions(
      String partition, long from, long to, boolean someAreHeldOut) {
    return LongStream.range(from, to)
        .filter(offset -> !TestingEncoder.isMalformed(offset))
        .filter(offset -> !someAreHeldOut || !TestingEncoder.isHeldOut(offset))
        .mapToObj(offset -> new Position(partition, offset))
        .toList();
  }

  private static StreamPlan plan(Structure structure, StreamSteps steps, int stepsAhead) {
    return new StreamPlan(steps, null, structure, 0, stepsAhead);
  }

  private StreamTasks replaying(
      String structure,
      @Nullable Duration maxWait,
      int tasks,
      StreamTasks.@Nullable Checkpoint from)
      throws Exception {
    Replaying replaying = new Replaying(60, 0.5, 1);
    return new StreamTasks(
        id,
        new StreamPlan(steps(maxWait, 0), replaying, Structure.parse(structure), 0, AHEAD),
        tasks,
        from);
  }

  private StreamTasks tasks(
      String structure, @Nullable Duration maxWait, long evaluateEvery, int tasks)
      throws Exception {
    return new StreamTasks(
        id, plan(Structure.parse(structure), steps(maxWait, evaluateEvery), AHEAD), tasks, null);
  }

  private static StreamSteps steps(@Nullable Duration maxWait, long evaluateEvery) {
    return new StreamSteps(MINI_BATCH, maxWait, Long.MAX_VALUE, evaluateEvery, 100);
  }
}
