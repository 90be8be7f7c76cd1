package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.model.Summary;
import dev.drey.job.prepare.PreparedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of examples that cannot be counted, with real worker processes. */
@Timeout(600)
class AccountITCase {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int EPOCHS = 2;
  private static final int ROWS = 8000;
  private static final int MINI_BATCH = 250;
  private static final long HELD_STEP = 5;
  private static final int HELD_SLOT = 1;

  /** Of a slot, which takes less than a second where a JVM starts in a tenth of one. */
  private static final Duration DEADLINE = Pace.scaled(Duration.ofSeconds(6));

  @TempDir private Path root;
  private FaultyFunction function;

  @BeforeEach
  void makeFunction() throws Exception {
    function = FaultyFunction.open();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    function.close();
    Leftovers.assertNone();
  }

  private SmallRun run(String name) {
    return new SmallRun(root.resolve(name)).home(function.home());
  }

  private static void assertBalance(Summary summary, Map<String, Long> dropped, long putBack) {
    assertThat(summary.dropped()).containsAllEntriesOf(dropped);
    long all = summary.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(all).isEqualTo(dropped.values().stream().mapToLong(Long::longValue).sum());
    assertThat(summary.putBack()).isEqualTo(putBack);
    assertThat(summary.offered()).isEqualTo(EPOCHS * ROWS + putBack);
    assertThat(summary.examples() + all).isEqualTo(summary.offered());
  }

  @Test
  void anExampleThatNoWorkerCanComputeIsFoundAndSetAsideAndTrainingGoesOn() throws Exception {
    SmallRun run = run("poisoned").set("workers.attempts", "2");
    int row = trainRow(run, 17);
    function.poison(row);

    Outcome outcome = run.train();

    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertBalance(outcome.summary(), Map.of("faulty", (long) EPOCHS), 0);
    List<String> letters =
        Files.readAllLines(run.directory().resolve("dead-letters/mini-batches.jsonl"));
    assertThat(letters).hasSize(EPOCHS);
    for (String letter : letters) {
      JsonNode json = MAPPER.readTree(letter);
      assertThat(json.get("reason").textValue()).isEqualTo("faulty");
      assertThat(json.get("rows")).hasSize(1);
      assertThat(json.at("/rows/0").intValue()).isEqualTo(row);
      assertThat(json.get("message").textValue()).contains("failed as asked");
    }
  }

  @Tag("full")
  @Test
  void theSameExamplesAreSetAsideWithTheSameBitsByThreadsOrOneWorkerOrMany() throws Exception {
    SmallRun two = run("two").set("workers.attempts", "2");
    int row = trainRow(two, 17);
    function.poison(row);
    SmallRun one = run("one").set("workers.attempts", "3").set("workers.concurrency", "1");

    String bits = two.train().summary().weightsSha256();

    assertThat(one.flink("parallelism.default", "1").train().summary().weightsSha256())
        .isEqualTo(bits);
  }

  /**
   * No worker answers for slot 1 of step 5 until the test lets it. That slot waits its deadline
   * out; all others have as long, and two workers that are warm.
   */
  private SmallRun slotThatNeverAnswers(String name) throws Exception {
    function.hold(HELD_STEP, HELD_SLOT);
    return run(name)
        .set("workers.concurrency", "3")
        .set("workers.timeout", DEADLINE.toSeconds() + "s")
        .set("workers.deadline", DEADLINE.toSeconds() + "s")
        .set("workers.stall", "30min");
  }

  @Test
  void aQuorumClosesAStepWithoutALateSlotWhoseExamplesAreOfferedAgain() throws Exception {
    SmallRun run = slotThatNeverAnswers("quorum").set("workers.quorum", "0.5");
    Watch watch = new Watch();

    CompletableFuture<Outcome> training = run.start(watch, new StopSignal());
    watch.awaitStep(HELD_STEP + 1, training);
    function.release(HELD_STEP, HELD_SLOT);
    Outcome outcome = training.get();

    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertBalance(outcome.summary(), Map.of("late", (long) MINI_BATCH), MINI_BATCH);
    assertThat(outcome.summary().examples()).isEqualTo((long) EPOCHS * ROWS);
    assertThat(run.directory().resolve("dead-letters")).doesNotExist();
    Curve curve = Curve.read(run.directory().resolve("curve.csv"));
    assertThat(curve.last("step")).isEqualTo(SmallRun.STEPS);
    assertThat(curve.last("examples")).isEqualTo(EPOCHS * ROWS);
  }

  @Test
  void withoutAQuorumALateSlotEndsTheRunWithItsStateIntact() throws Exception {
    SmallRun run = slotThatNeverAnswers("strict").set("checkpoints.interval", "100ms");

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailedException.class)
        .message()
        .contains("step 5, slot 1", DEADLINE.toSeconds() + ".0 s", "quorum")
        .doesNotContain("\tat ");

    try (var files = Files.find(run.directory(), 5, (path, a) -> path.endsWith("_metadata"))) {
      assertThat(files).as("a checkpoint to go on from").isNotEmpty();
    }
  }

  private static int trainRow(SmallRun run, int index) throws Exception {
    return ((PreparedData) run.prepared().input())
        .plan(run.prepared().specification())
        .settings()
        .trainRows()[index];
  }
}
