package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.model.ModelDirectory;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.Resumable;
import dev.drey.job.resume.ResumePoint;
import dev.drey.job.specification.RunSpecification;
import dev.drey.worker.LambdaHandler.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that failed goes on once the cause is gone. */
@Timeout(600)
class FailedRunITCase {

  private static final int LATE = 20;

  @TempDir private Path root;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  @Test
  void itGoesOnFromItsCheckpointWithTheSameBits() throws Exception {
    SmallRun run = failedRun();

    Outcome resumed = goOn(run.directory());

    assertThat(resumed.ending()).isEqualTo(Outcome.Ending.FINISHED);
    assertThat(resumed.summary().weightsSha256()).isEqualTo(calmBits());
    assertThat(resumed.summary().examples()).isEqualTo(16_000);
  }

  @Test
  void aDamagedLastCheckpointIsPassedOverAndTheBitsAreTheSame() throws Exception {
    SmallRun run = failedRun();
    List<Path> checkpoints = new CheckpointIndex(run.directory()).complete();
    assertThat(checkpoints).hasSize(2);
    flipAByteOfState(checkpoints.get(1));

    ResumePoint point = point(run.directory());
    assertThat(point.checkpoint()).isEqualTo(checkpoints.get(0));
    assertThat(point.passedOver())
        .singleElement()
        .asString()
        .contains(checkpoints.get(1) + " is damaged: ", "has other bytes than when");
    Outcome resumed = goOn(run.directory());

    assertThat(resumed.summary().weightsSha256()).isEqualTo(calmBits());
    assertThat(resumed.summary().examples()).isEqualTo(16_000);
    assertThat(Curve.read(run.directory().resolve("curve.csv")).column("step"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, SmallRun.STEPS).mapToObj(i -> (double) i).toList());
    assertThat(run.directory().toFile().list())
        .doesNotContain("checkpoints", "checkpoints.txt", "checkpoint-sums.txt", "flink-tmp");
  }

  private String calmBits() throws Exception {
    return new SmallRun(root.resolve("calm")).inProcess().train().summary().weightsSha256();
  }

  /** A run that failed behind a checkpoint, with its specification written. */
  private SmallRun failedRun() throws Exception {
    try (FaultyFunction function = FaultyFunction.open()) {
      SmallRun run =
          new SmallRun(root.resolve("run"))
              .home(function.home())
              .set("workers.attempts", "1")
              .set("checkpoints.interval", "100ms")
              .flink("restart-strategy.type", "none");
      PreparedRun prepared = run.prepared();
      new ModelDirectory(run.directory())
          .writeSpecification(prepared.specification(), prepared.input());
      CheckpointIndex index = new CheckpointIndex(run.directory());
      function.hold(LATE);
      Watch watch = new Watch();
      CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
      watch.awaitStep(LATE, outcome);
      assertThat(outcome).isNotDone();
      for (int i = 0; i < 2; i++) {
        Optional<Path> before = index.newest();
        Watch.until("a checkpoint at step " + LATE, () -> !index.newest().equals(before));
      }
      function.always(Fault.THROW).release(LATE);
      assertThat(outcome.handle((done, failure) -> failure.getCause()).get())
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining("failed as asked");
      function.noMore(Fault.THROW);
      return run;
    }
  }

  /** In the largest file, which has weights. */
  private static void flipAByteOfState(Path checkpoint) throws Exception {
    try (Stream<Path> files = Files.list(checkpoint)) {
      Path largest =
          files.max(Comparator.comparingLong(file -> file.toFile().length())).orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }
  }

  private static ResumePoint point(Path run) throws Exception {
    return Resumable.at(run, List.of()).point().orElseThrow();
  }

  private static Outcome goOn(Path run) throws Exception {
    RunSpecification specification =
        RunSpecification.read(run.resolve("small.yaml"), Map.of("workers.runtime", "in-process"));
    PreparedRun prepared =
        new PreparedRun(
            GivenPlan.of(specification),
            PreparedData.open(specification),
            run,
            Map.of(),
            Optional.empty(),
            Optional.of(point(run)));
    return new LocalTraining(SmallRun.HOME).run(prepared, new Watch(), new StopSignal());
  }
}
