package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.prepare.PreparedData;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.ResumePoint;
import dev.drey.job.specification.RunSpecification;
import dev.drey.worker.LambdaHandler.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    SmallRun calm = new SmallRun(root.resolve("calm")).inProcess();
    String bits = calm.train().summary().weightsSha256();
    try (FaultyFunction function = FaultyFunction.open()) {
      SmallRun run =
          new SmallRun(root.resolve("run"))
              .home(function.home())
              .set("workers.attempts", "1")
              .set("checkpoints.interval", "100ms")
              .flink("restart-strategy.type", "none");
      CheckpointIndex index = new CheckpointIndex(run.directory());
      function.hold(LATE);
      Watch watch = new Watch();
      CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
      watch.awaitStep(LATE, outcome);
      Optional<Path> before = index.newest();
      Watch.until("a checkpoint at step " + LATE, () -> !index.newest().equals(before));
      function.always(Fault.THROW).release(LATE);
      assertThat(outcome.handle((done, failure) -> failure.getCause()).get())
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining("failed as asked");
      function.noMore(Fault.THROW);

      Outcome resumed = goOn(run.directory(), index.newest().orElseThrow());

      assertThat(resumed.ending()).isEqualTo(Outcome.Ending.FINISHED);
      assertThat(resumed.summary().weightsSha256()).isEqualTo(bits);
      assertThat(resumed.summary().examples()).isEqualTo(16_000);
    }
  }

  private static Outcome goOn(Path run, Path checkpoint) throws Exception {
    RunSpecification specification =
        RunSpecification.read(run.resolve("small.yaml"), Map.of("workers.runtime", "in-process"));
    PreparedRun prepared =
        new PreparedRun(
            GivenPlan.of(specification),
            PreparedData.open(specification),
            run,
            Map.of(),
            Optional.empty(),
            Optional.of(new ResumePoint(checkpoint, ResumePoint.Owner.RUN, Optional.empty())));
    return new LocalTraining(SmallRun.HOME).run(prepared, new Watch(), new StopSignal());
  }
}
