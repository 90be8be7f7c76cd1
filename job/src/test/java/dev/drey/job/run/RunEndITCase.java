package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.model.ModelDirectory;
import dev.drey.job.resume.Resumable;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run is killed after each step of its end: its directory, as it was then, is resumed. */
@Timeout(600)
class RunEndITCase {

  @TempDir private static Path root;
  private static final Map<RunEnd.Step, Path> KILLED = new EnumMap<>(RunEnd.Step.class);
  private static Outcome ended;

  @BeforeAll
  static void keepTheDirectoryAfterEachStep() throws Exception {
    Path directory = root.resolve("run");
    SmallRun run = run(directory);
    PreparedRun prepared = run.prepared();
    new ModelDirectory(directory).writeSpecification(prepared.specification(), prepared.input());
    LocalTraining training =
        new LocalTraining(
            LocalSetup.of(SmallRun.HOME),
            step -> KILLED.put(step, copy(directory, root.resolve("killed-" + step))));
    ended = training.run(prepared, new Watch(), new StopSignal());
  }

  private static SmallRun run(Path directory) {
    return new SmallRun(directory).inProcess().set("checkpoints.interval", "100ms");
  }

  private static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> files(Path directory) {
    return List.of(directory.toFile().list());
  }

  @ParameterizedTest
  @EnumSource(value = RunEnd.Step.class, mode = EnumSource.Mode.EXCLUDE, names = "END")
  void aRunThatIsKilledAfterAStepOfItsEndIsFinishedWithoutAJob(RunEnd.Step step) throws Exception {
    Path directory = copy(KILLED.get(step), root.resolve("resumed-" + step));
    assertThat(files(directory)).contains("weights.npz", "last-progress.bin");
    assertThat(Resumable.at(directory, List.of()).point()).isEmpty();
    Watch watch = new Watch();

    Outcome outcome = run(directory).train(watch, new StopSignal());

    assertThat(outcome).isEqualTo(ended);
    assertThat(watch.hasStarted()).isFalse();
    assertThat(directory.resolve("summary.json"))
        .hasSameTextualContentAs(root.resolve("run/summary.json"));
    assertThat(files(directory))
        .containsExactlyInAnyOrderElementsOf(files(KILLED.get(RunEnd.Step.END)));
    assertFinished(directory);
  }

  @Test
  void aCurveWithoutItsLastLineIsNoted() throws Exception {
    Path directory = copy(KILLED.get(RunEnd.Step.PROGRESS), root.resolve("without-last-line"));
    Path curve = directory.resolve("curve.csv");
    List<String> lines = Files.readAllLines(curve);
    Files.write(curve, lines.subList(0, lines.size() - 1));
    Watch watch = new Watch();

    run(directory).train(watch, new StopSignal());

    assertThat(watch.notes())
        .containsExactly(
            curve
                + " has no line for step 32, the last of the run: the program was killed before it was"
                + " written");
  }

  @Test
  void aRunThatHasEndedLeavesNothingTemporaryAndIsNotResumed() throws Exception {
    Path directory = KILLED.get(RunEnd.Step.END);

    assertThat(files(directory))
        .contains("summary.json", "weights.npz", "optimizer.npz", "model.onnx")
        .doesNotContain(
            "checkpoints",
            "checkpoints.txt",
            "checkpoint-sums.txt",
            "flink-tmp",
            "exchange",
            "last-progress.bin");
    assertFinished(directory);
  }

  private static void assertFinished(Path directory) {
    assertThatThrownBy(() -> Resumable.at(directory, List.of()))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("a finished run with its model");
  }
}
