package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.Resumable;
import dev.drey.job.resume.ResumePoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that changes the structure of its tree on its way loses and doubles nothing. */
@Timeout(600)
class StructureChangeITCase {

  private static final int STEPS = 32;
  private static final int SLOTS = 16;
  private static final Structure TREE = Structure.of(1, 4, 16);
  private static final Structure DEEP = Structure.of(1, 2, 5, 16);

  /** The structures of a run that changes behind steps 9 and 19, by their first steps. */
  private static final Map<Long, String> TWICE =
      Map.of(0L, "1-16", 10L, TREE.dashed(), 20L, DEEP.dashed());

  @TempDir private static Path shared;
  @TempDir private Path root;
  private static float[] calmWeights = new float[0];

  private FaultyFunction function;

  @BeforeAll
  static void trainWithoutChange() throws Exception {
    SmallRun calm = set(new SmallRun(shared.resolve("calm"))).inProcess();
    calm.train();
    calmWeights = weights(calm);
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

  private static SmallRun set(SmallRun run) {
    return run.set("workers.count", "16")
        .set("training.mini-batch", "32")
        .set("checkpoints.interval", "300ms");
  }

  private SmallRun run(String name, ChangeWatch watch) throws Exception {
    return set(new SmallRun(root.resolve(name)))
        .home(function.home())
        .set("aggregation.structure", "auto")
        .set("store.directory", Files.createDirectories(root.resolve("store")).toString())
        .set("store.deadline", "1s")
        .advisor(watch);
  }

  private static float[] weights(SmallRun run) throws Exception {
    return WeightsFile.read(
        run.directory().resolve("weights.npz"), run.prepared().input().network());
  }

  /** The structure that steps were added up with, from the curve, by its first step. */
  private static Map<Long, String> structures(SmallRun run) throws Exception {
    TreeMap<Long, String> structures = new TreeMap<>();
    for (String line : Files.readAllLines(run.directory().resolve("curve.csv"))) {
      String[] fields = line.split(",", -1);
      if (!fields[0].equals("step")
          && (structures.isEmpty() || !fields[8].equals(structures.lastEntry().getValue()))) {
        structures.put(Long.parseLong(fields[0]) - 1, fields[8]);
      }
    }
    return structures;
  }

  private static void assertThatNothingIsLostOrDoubled(SmallRun run, Outcome outcome)
      throws Exception {
    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertThat(outcome.summary().examples()).isEqualTo(16_000);
    assertThat(Curve.read(run.directory().resolve("curve.csv")).column("step"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, STEPS).mapToObj(i -> (double) i).toList());
    assertThat(Curve.read(run.directory().resolve("evaluations.csv")).column("step"))
        .containsExactly(16.0, 32.0);
    assertThat(files(run.directory().resolve("checkpoints"))).isEmpty();
    // The brackets of the sums differ, and with them the last bits of the weights.
    float[] weights = weights(run);
    for (int i = 0; i < weights.length; i++) {
      assertThat(weights[i]).isCloseTo(calmWeights[i], within(1e-5f));
    }
  }

  private static List<Path> files(Path directory) throws Exception {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList();
    }
  }

  /** Changes behind steps 9 and 19, which are held back until the run pauses behind them. */
  private Outcome changeTwice(SmallRun run, ChangeWatch watch) throws Exception {
    function.hold(9).hold(19);
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    watch.awaitPause(9);
    function.release(9);
    watch.awaitPause(19);
    function.release(19);
    return outcome.get();
  }

  @Test
  void aRunThatChangesTwiceEndsAsIfItHadNotAndAlwaysInTheSameBits() throws Exception {
    ChangeWatch watch = new ChangeWatch(Map.of(9L, TREE, 19L, DEEP));
    SmallRun run = run("run", watch);
    Outcome outcome = changeTwice(run, watch);

    assertThatNothingIsLostOrDoubled(run, outcome);
    assertThat(structures(run)).isEqualTo(TWICE);
    // Each slot of each step and evaluation was computed once.
    assertThat(outcome.summary().invocations()).isEqualTo(SLOTS * (STEPS + 2));
    assertThat(watch.notes())
        .containsExactly(
            "structure [1,16] -> [1,4,16] from step 10 on: predicted 46 instead of 70 ms a step",
            "structure [1,4,16] -> [1,2,5,16] from step 20 on: predicted 46 instead of 70 ms a"
                + " step");
    assertThat(watch.observations())
        .allSatisfy(seen -> assertThat(seen.step() + seen.stepsLeft()).isEqualTo(STEPS))
        .anySatisfy(seen -> assertThat(seen.times().mean()).isBetween(1e-4, 10.0));
    assertThat(Files.readAllLines(run.directory().resolve("structures.csv")))
        .hasSize(4)
        .startsWith("generation,from_step,structure,job")
        .anySatisfy(line -> assertThat(line).startsWith("1,10,1-4-16,"));

    ChangeWatch again = new ChangeWatch(Map.of(9L, TREE, 19L, DEEP));
    SmallRun same = run("same", again).flink("parallelism.default", "1");
    changeTwice(same, again);
    assertThat(structures(same)).isEqualTo(TWICE);
    assertThat(same.bits()).isEqualTo(run.bits());
  }

  @Tag("full")
  @Test
  void aFailureWhileItComesToStandStillLeavesTheStructureUntilTheNextAdvice() throws Exception {
    ChangeWatch watch = new ChangeWatch(Map.of(9L, TREE));
    SmallRun run =
        run("run", watch)
            .flink("restart-strategy.exponential-delay.attempts-before-reset-backoff", "1000");
    function.hold(9);
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    watch.awaitPause(9);
    CheckpointIndex index = new CheckpointIndex(run.directory());
    Watch.until("a checkpoint", () -> index.newest().isPresent());

    failOnce(watch, () -> function.release(9));

    assertThatNothingIsLostOrDoubled(run, outcome.get());
    assertThat(structures(run).values()).startsWith("1-16").endsWith("1-4-16");
    assertThat(watch.notes()).hasSize(1);
  }

  /** No version can be published until the job has started again. */
  private void failOnce(ChangeWatch watch, Action release) throws Exception {
    WebUi web = new WebUi(watch.watch().webInterface());
    String job = web.running();
    long before = restored(web, job);
    Path away = Files.move(root.resolve("store"), root.resolve("away"));
    release.run();
    Watch.until("a restart", () -> restored(web, job) > before);
    Files.move(away, root.resolve("store"));
  }

  private interface Action {
    void run() throws Exception;
  }

  private static long restored(WebUi web, String job) throws Exception {
    return web.get("/jobs/" + job + "/checkpoints").path("counts").path("restored").asLong();
  }

  @Test
  void aFailureRightBehindAChangeGoesBackToIt() throws Exception {
    ChangeWatch watch = new ChangeWatch(Map.of(9L, TREE, 19L, DEEP));
    SmallRun run =
        run("run", watch)
            .flink("metrics.fetcher.update-interval", "100")
            .flink("execution.checkpointing.interval", "1h") // it has that of the change alone
            .flink("restart-strategy.exponential-delay.attempts-before-reset-backoff", "1000");
    function.hold(9).hold(12).hold(19);
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    watch.awaitPause(9);
    function.release(9);
    watch.watch().awaitStep(12, outcome);
    WebUi web = new WebUi(watch.watch().webInterface());
    String job = web.running();
    Watch.until(
        "both metrics",
        () ->
            web.metric(job, "predictedStepMicros").orElse(0) == 46_000
                && web.metric(job, "stepMicros").orElse(0) > 0);

    failOnce(watch, () -> function.release(12));
    watch.awaitPause(19);
    function.release(19);

    assertThatNothingIsLostOrDoubled(run, outcome.get());
    assertThat(structures(run)).isEqualTo(TWICE);
  }

  @Test
  void aStopWhileItComesToStandStillEndsTheRunWithItsModel() throws Exception {
    ChangeWatch watch = new ChangeWatch(Map.of(9L, TREE));
    SmallRun run = run("run", watch);
    StopSignal stop = new StopSignal();
    function.hold(9);
    CompletableFuture<Outcome> outcome = run.start(watch, stop);
    watch.awaitPause(9);

    stop.request();
    watch.awaitTold();
    function.release(9);

    assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.INTERRUPTED);
    assertThat(outcome.get().summary().steps()).isEqualTo(10);
    assertThat(structures(run)).isEqualTo(Map.of(0L, "1-16"));
    assertThat(run.directory().resolve("weights.npz")).exists();
  }

  /** Ended for good between a change and the first checkpoint of the new structure's job. */
  @Tag("full")
  @Test
  void aRunThatDiesBeforeTheFirstCheckpointBehindAChangeGoesOnWithTheStructureBefore()
      throws Exception {
    ChangeWatch watch = new ChangeWatch(Map.of(9L, TREE));
    SmallRun run =
        run("run", watch)
            .flink("execution.checkpointing.interval", "1h")
            .flink("restart-strategy.type", "none");
    function.hold(9).hold(10);
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    watch.awaitPause(9);
    function.release(9);
    die(run, outcome, 10, () -> function.release(10));
    assertThat(Files.readAllLines(run.directory().resolve("structures.csv"))).hasSize(3);

    ResumePoint point = Resumable.at(run.directory(), List.of()).point().orElseThrow();
    assertThat(point.generation().orElseThrow().structure()).isEqualTo(Structure.of(1, 16));
    SmallRun resumed = run("run", new ChangeWatch(Map.of())).from(point);

    assertThatNothingIsLostOrDoubled(resumed, resumed.train());
    assertThat(structures(resumed)).isEqualTo(Map.of(0L, "1-16"));
    assertThat(weights(resumed)).containsExactly(calmWeights);
  }

  @Tag("full")
  @Test
  void aRunThatDiesLaterGoesOnWithTheStructureOfItsNewestCheckpoint() throws Exception {
    ChangeWatch watch = new ChangeWatch(Map.of(9L, TREE));
    SmallRun run = run("run", watch).flink("restart-strategy.type", "none");
    function.hold(9).hold(15);
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    watch.awaitPause(9);
    function.release(9);
    watch.watch().awaitStep(15, outcome);
    CheckpointIndex index = new CheckpointIndex(run.directory());
    Path before = index.newest().orElseThrow();
    Watch.until("a checkpoint", () -> !index.newest().orElseThrow().equals(before));
    die(run, outcome, 15, () -> function.release(15));

    ResumePoint point = Resumable.at(run.directory(), List.of()).point().orElseThrow();
    assertThat(point.generation().orElseThrow().number()).isEqualTo(1);
    ChangeWatch next = new ChangeWatch(Map.of(19L, DEEP));
    SmallRun resumed = run("run", next).from(point);
    function.hold(19);
    CompletableFuture<Outcome> end = resumed.start(next, new StopSignal());
    next.awaitPause(19);
    function.release(19);

    assertThatNothingIsLostOrDoubled(resumed, end.get());
    assertThat(structures(resumed)).isEqualTo(TWICE);
    assertThat(Files.readAllLines(run.directory().resolve("structures.csv")))
        .hasSize(5)
        .anySatisfy(line -> assertThat(line).startsWith("2,20,1-2-5-16,"));
  }

  /** Lets the run fail for good once a step is out that the test holds. */
  private void die(SmallRun run, CompletableFuture<Outcome> outcome, long step, Action release)
      throws Exception {
    new ModelDirectory(run.directory())
        .writeSpecification(run.prepared().specification(), run.prepared().input());
    Watch.until(
        "the step", () -> Files.readAllLines(run.directory().resolve("curve.csv")).size() > step);
    Path away = Files.move(root.resolve("store"), root.resolve("away"));
    release.run();
    assertThatThrownBy(outcome::join).hasRootCauseInstanceOf(Exception.class);
    Files.move(away, root.resolve("store"));
    assertThat(run.directory().resolve("weights.npz")).doesNotExist();
  }
}
