package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.Summary;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.resume.ResumePoint;
import dev.drey.job.specification.RunSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints that earlier versions of Drey wrote are read, and the runs in them end in the bits
 * that they ended in then. Each directory of {@code savepoints} has a run, a savepoint in Flink's
 * canonical format, taken while one slot of a step was in flight, and the summary it ended with.
 *
 * <p>A version with another state adds a directory, names it in {@code LATEST}, and must still read
 * the directories before it. To write the latest again:
 *
 * <pre>
 * mvn -q -pl job -am verify -Dit.test=CommittedSavepointITCase -Ddrey.write=true \
 *   -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * </pre>
 */
@Timeout(600)
class CommittedSavepointITCase {

  private static final Path SAVEPOINTS =
      Path.of("src", "test", "resources", "savepoints").toAbsolutePath();
  private static final Path LATEST = SAVEPOINTS.resolve("2");

  /** In flight at the savepoint: late enough to have moments, and early enough: see below. */
  private static final int STEP = 1;

  private static final int SLOT = 3;

  @TempDir private Path directory;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  private static List<Path> versions() throws IOException {
    try (Stream<Path> files = Files.list(SAVEPOINTS)) {
      return files.sorted().toList();
    }
  }

  private PreparedRun run(
      Path version,
      String name,
      Map<String, String> overrides,
      int parallelism,
      Optional<Path> from)
      throws Exception {
    RunSpecification specification = RunSpecification.read(version.resolve("tiny.yaml"), overrides);
    return new PreparedRun(
        GivenPlan.of(specification),
        PreparedData.open(specification),
        Files.createDirectories(directory.resolve(name)),
        Map.of(
            "parallelism.default",
            String.valueOf(parallelism),
            "metrics.fetcher.update-interval",
            "100"),
        Optional.empty(),
        from.map(
            savepoint -> new ResumePoint(savepoint, ResumePoint.Owner.USER, Optional.empty())));
  }

  private Summary train(Path version, String name, int parallelism, Optional<Path> from)
      throws Exception {
    PreparedRun run =
        run(version, name, Map.of("workers.runtime", "in-process"), parallelism, from);
    return new LocalTraining(SmallRun.HOME).run(run, new Watch(), new StopSignal()).summary();
  }

  private static void assertSame(Summary summary, JsonNode expected) {
    assertThat(summary.weightsSha256()).isEqualTo(expected.path("weightsSha256").asText());
    assertThat(summary.optimizerSha256()).isEqualTo(expected.path("optimizerSha256").asText());
    assertThat(summary.steps()).isEqualTo(expected.path("steps").asLong());
    assertThat(summary.examples()).isEqualTo(expected.path("examples").asLong());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aCommittedSavepointGoesOnToTheBitsItEndedInThen(Path version) throws Exception {
    JsonNode expected = new ObjectMapper().readTree(version.resolve("summary.json").toFile());
    // A savepoint may be moved: what it refers to lies beside its metadata.
    Path moved = directory.resolve("moved");
    FileUtils.copy(
        new org.apache.flink.core.fs.Path(version.resolve("savepoint").toUri()),
        new org.apache.flink.core.fs.Path(moved.toUri()),
        false);

    assertSame(train(version, "one", 1, Optional.of(moved)), expected);
    assertSame(train(version, "three", 3, Optional.of(moved)), expected);

    Curve curve = Curve.read(directory.resolve("one/curve.csv"));
    assertThat(curve.column("step"))
        .startsWith(STEP + 1.0)
        .endsWith((double) expected.path("steps").asInt());
  }

  @Test
  void theStateOfAnotherOptimizerIsRefused() throws Exception {
    Map<String, String> adam =
        Map.of("workers.runtime", "in-process", "training.optimizer", "adam");
    PreparedRun run = run(LATEST, "adam", adam, 1, Optional.of(LATEST.resolve("savepoint")));

    assertThatThrownBy(
            () -> new LocalTraining(SmallRun.HOME).run(run, new Watch(), new StopSignal()))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("the state was trained by the optimizer");
  }

  @Test
  void theRunOfTheSavepointIsTheSameOnEveryMachine() throws Exception {
    Summary summary = train(LATEST, "calm", 2, Optional.empty());

    assertSame(summary, new ObjectMapper().readTree(LATEST.resolve("summary.json").toFile()));
    // Six steps of 3 bits each: below 8, and a float of 24 bits holds them without rounding.
    RunSpecification specification = RunSpecification.read(LATEST.resolve("tiny.yaml"), Map.of());
    float[] weights =
        WeightsFile.read(
            new ModelDirectory(directory.resolve("calm")).weights(),
            PreparedData.open(specification).network());
    for (float weight : weights) {
      assertThat(weight).isBetween(-8f, 8f);
      assertThat(weight * (1 << 18)).isEqualTo((float) Math.rint(weight * (1 << 18)));
    }
  }

  /** Once the source has emitted its last step, some steps ahead, Flink takes no savepoint. */
  @Test
  void write() throws Exception {
    assumeTrue(Boolean.getBoolean("drey.write"), "writes with -Ddrey.write=true");
    FaultyFunction function = FaultyFunction.open();
    try (function) {
      function.hold(STEP, SLOT);
      PreparedRun run = run(LATEST, "run", Map.of(), 2, Optional.empty());
      Watch watch = new Watch();
      CompletableFuture<Outcome> outcome =
          SmallRun.start(
              () -> new LocalTraining(function.home()).run(run, watch, new StopSignal()));
      watch.awaitStep(STEP, outcome);
      WebUi web = new WebUi(watch.webInterface());
      String job = web.job();
      // The sum of slots 0 and 1 waits in its window, that of slot 2 before the shuffle.
      Watch.until("a sum in a window", () -> web.metric(job, "openWindows").orElse(0) == 1);
      Watch.until("a sum that is held", () -> web.metric(job, "held").orElse(0) == 1);
      Path written = web.savepoint(run.directory(), job, directory.resolve("savepoints"));
      function.release(STEP, SLOT);
      outcome.get().summary().write(LATEST.resolve("summary.json"));
      FileUtils.deleteDirectory(LATEST.resolve("savepoint").toFile());
      FileUtils.copy(
          new org.apache.flink.core.fs.Path(written.toUri()),
          new org.apache.flink.core.fs.Path(LATEST.resolve("savepoint").toUri()),
          false);
    }
    assertThat(LATEST.resolve("savepoint/_metadata")).exists();
  }
}
