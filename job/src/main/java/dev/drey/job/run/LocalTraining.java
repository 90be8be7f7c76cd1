package dev.drey.job.run;

import dev.drey.job.flink.FailureText;
import dev.drey.job.flink.FlinkProcess;
import dev.drey.job.flink.JobOptions;
import dev.drey.job.flink.LocalFlink;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.CheckpointRecorder;
import dev.drey.operators.coordination.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;

/** Trains with Flink in this process, and with workers that are its threads or child processes. */
public final class LocalTraining implements TrainingRun {

  /** More tasks do not help: a step of a small model is over before all of them have started. */
  private static final int MOST_PARALLELISM = 8;

  private static final int POLL_MILLIS = 100;

  private final LocalSetup setup;
  private final Consumer<RunEnd.Step> afterStep;

  /**
   * @param home where Drey is built: the worker's function is below it
   */
  public LocalTraining(Path home) {
    this(LocalSetup.of(home));
  }

  public LocalTraining(LocalSetup setup) {
    this(setup, step -> {});
  }

  /**
   * @param afterStep called after each step of a run's end
   */
  LocalTraining(LocalSetup setup, Consumer<RunEnd.Step> afterStep) {
    this.setup = setup;
    this.afterStep = afterStep;
  }

  @Override
  public Outcome run(PreparedRun run, ProgressListener listener, StopSignal stop)
      throws RunFailedException {
    Configuration configuration;
    DiskSpace space;
    try {
      configuration = configuration(run);
      space = DiskSpace.of(run, configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
    } catch (IllegalArgumentException e) { // a value that Flink cannot parse
      throw new RunFailedException(FailureText.of(e), e);
    }
    ShownNotes notes = new ShownNotes(new ModelDirectory(run.directory()), listener);
    try {
      TrainingLoop loop = new TrainingLoop(run);
      RunEnd end = new RunEnd(run, loop, afterStep);
      if (end.isPending()) {
        return end.finish();
      }
      space.check();
      Runnable meanwhile =
          () -> {
            space.look();
            notes.show();
          };
      Progress last;
      try (RunLag lag = RunLag.start(run)) {
        last = job(run, loop, configuration, new RunControl(listener, stop, lag), meanwhile);
      }
      // Nothing of it is left in the result of a job that started from the end of another.
      return end.finish(last.version() == 0 ? end.savedProgress() : last, stop.isRequested());
    } catch (RunFailedException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    } catch (Exception e) {
      throw new RunFailedException(space.explain(e) + RestoreAdvice.of(run), e);
    } finally {
      notes.show();
      new TemporaryFiles(run.directory()).delete();
    }
  }

  /** While a run goes, the file with the token for whatever changes it over Flink's REST API. */
  public static Path token(Path run) {
    return new TemporaryFiles(run).flink().resolve("token");
  }

  /** Runs the job to its end; returns its last progress. The model is saved. */
  private Progress job(
      PreparedRun run,
      TrainingLoop loop,
      Configuration configuration,
      RunControl control,
      Runnable meanwhile)
      throws Exception {
    CheckpointIndex index =
        CheckpointIndex.of(run.directory(), run.specification(), run.flinkOptions());
    try (Workers workers = Workers.open(run, setup)) {
      CompletableFuture<Void> warm = CompletableFuture.runAsync(() -> warm(workers, run));
      try (FlinkProcess flink = FlinkProcess.start(configuration, 1, token(run.directory()));
          CheckpointRecorder recorder = new CheckpointRecorder(index)) {
        control.listener().started(flink.webInterface());
        warm.get();
        if (run.resumed().isEmpty()) {
          new FinalBill(run.directory()).delete();
        }
        return train(
            run,
            loop.input(),
            new TrainingJobs(run, loop, flink, workers.ports(), configuration),
            flink.webInterface(),
            control,
            () -> {
              recorder.look();
              meanwhile.run();
            });
      }
    }
  }

  private static void warm(Workers workers, PreparedRun run) {
    try {
      workers.warm(run.specification().workers().concurrency());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Default number of parallel tasks on this machine. */
  public static int parallelism() {
    return Math.min(MOST_PARALLELISM, Runtime.getRuntime().availableProcessors());
  }

  private static Configuration configuration(PreparedRun run) {
    Path checkpoints =
        run.specification()
            .checkpoints()
            .directory()
            .orElse(run.directory().resolve(TemporaryFiles.CHECKPOINTS));
    Configuration configuration =
        LocalFlink.configuration(
            parallelism(),
            run.specification().checkpoints().interval(),
            checkpoints,
            new TemporaryFiles(run.directory()).flink());
    configuration.addAll(JobOptions.ending(run.specification().writesToTopics()));
    configuration.addAll(RestartOptions.of(run.specification().checkpoints().restarts()));
    Map<String, String> options = run.flinkOptions();
    // By its key: Flink's options would find the port under the bind port that we have set.
    if (options.containsKey(RestOptions.PORT.key())) {
      configuration.set(RestOptions.BIND_PORT, options.get(RestOptions.PORT.key()));
    }
    configuration.set(WebOptions.LOG_PATH, new ModelDirectory(run.directory()).log().toString());
    configuration.addAll(Configuration.fromMap(options));
    return configuration;
  }

  private static Progress train(
      PreparedRun run,
      TrainingInput input,
      TrainingJobs jobs,
      URI webInterface,
      RunControl control,
      Runnable meanwhile)
      throws Exception {
    StatusTracker tracker =
        new StatusTracker(input.steps(), input.stepsPerEpoch(), run.classifies(), System::nanoTime);
    StructureChanges changes =
        new StructureChanges(
            run, input.steps(), webInterface, jobs, control.listener(), System::nanoTime);
    LossNotes losses = new LossNotes(control.listener());
    BoundedStop stop =
        new BoundedStop(
            run.specification().checkpoints().stopWithin(), control.listener(), System::nanoTime);
    AtomicReference<Progress> latest = new AtomicReference<>(Progress.NONE);
    TrainingJob job = jobs.start(JobStart.first(run));
    while (!job.result().isDone()) {
      TrainingJob present = job;
      Runnable report =
          () -> {
            var unused =
                present
                    .progress()
                    .thenAccept(
                        progress -> {
                          latest.set(progress);
                          losses.update(progress.intake());
                          control.progressed(tracker, progress);
                        });
          };
      try {
        job.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        report.run();
        meanwhile.run();
        if (control.stop().isRequested()) {
          stop.request(job);
        } else {
          job = changes.consider(job, latest.get(), control.stop(), report);
        }
      } catch (ExecutionException e) {
        break;
      }
    }
    if (stop.hasCancelled() && job.flink().isCancelled()) {
      throw new RunFailedException(
          "it was stopped while its job waited to be restarted, so there is no model", null);
    }
    Progress last = job.result().get().withExtraCost(latest.get().extraCost());
    changes.ended(job, last);
    losses.update(last.intake());
    control.progressed(tracker, last);
    checkModel(run, job, last);
    return last;
  }

  private static void checkModel(PreparedRun run, TrainingJob job, Progress last) throws Exception {
    if (Files.exists(new ModelDirectory(run.directory()).weights())) {
      return;
    }
    Optional<String> savepoint = job.flink().savepointOfStop();
    if (savepoint.isPresent()) {
      throw new StoppedException(last.version(), savepoint.get());
    }
    throw new RunFailedException(
        "the run ended at step " + last.version() + " without a model", null);
  }
}
