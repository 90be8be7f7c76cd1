package dev.drey.job.run;

import dev.drey.core.aggregation.Tally;
import dev.drey.job.flink.FailureText;
import dev.drey.job.flink.FlinkProcess;
import dev.drey.job.flink.JobOptions;
import dev.drey.job.flink.LocalFlink;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.operators.coordination.BillFile;
import dev.drey.operators.coordination.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains with Flink in this process, and with workers that are its threads or child processes. */
public final class LocalTraining implements TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(LocalTraining.class);

  /** More tasks do not help: a step of a small model is over before all of them have started. */
  private static final int MOST_PARALLELISM = 8;

  private static final int POLL_MILLIS = 100;

  /** Where checkpoints are by default, in the run's directory. */
  static final String CHECKPOINTS = "checkpoints";

  private final LocalSetup setup;

  private record RunControl(ProgressListener listener, StopSignal stop) {}

  /**
   * @param home where Drey is built: the worker's function is below it
   */
  public LocalTraining(Path home) {
    this(LocalSetup.of(home));
  }

  public LocalTraining(LocalSetup setup) {
    this.setup = setup;
  }

  @Override
  public Outcome run(PreparedRun run, ProgressListener listener, StopSignal stop)
      throws RunFailedException {
    try (Workers workers = Workers.open(run, setup)) {
      CompletableFuture<Void> warm = CompletableFuture.runAsync(() -> warm(workers, run));
      Configuration configuration = configuration(run);
      Outcome outcome;
      try (FlinkProcess flink = FlinkProcess.start(configuration, 1)) {
        listener.started(flink.webInterface());
        warm.get();
        if (run.resumed().isEmpty()) {
          Files.deleteIfExists(run.directory().resolve(TrainingLoop.BILL));
        }
        TrainingLoop loop = new TrainingLoop(run);
        outcome =
            train(
                run,
                loop,
                new TrainingJobs(run, loop, flink, workers.ports(), configuration),
                flink.webInterface(),
                new RunControl(listener, stop));
      }
      new CheckpointIndex(run.directory()).clear();
      Files.deleteIfExists(run.directory().resolve(TrainingLoop.BILL)); // the summary has it
      return outcome;
    } catch (RunFailedException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    } catch (Exception e) {
      throw new RunFailedException(FailureText.of(e), e);
    } finally {
      deleteTemporary(run.directory().resolve("flink-tmp"));
      deleteTemporary(run.directory().resolve("workers/runtime"));
      deleteEmpty(run.directory().resolve(CHECKPOINTS));
    }
  }

  /** Flink deletes the checkpoints of a job that finished, and leaves empty directories. */
  private static void deleteEmpty(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        if (!Files.isDirectory(path)) {
          return; // a checkpoint of a run that failed
        }
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", directory, e.toString());
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
        run.specification().checkpoints().directory().orElse(run.directory().resolve(CHECKPOINTS));
    Configuration configuration =
        LocalFlink.configuration(
            parallelism(),
            run.specification().checkpoints().interval(),
            checkpoints,
            run.directory().resolve("flink-tmp"));
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

  private static Outcome train(
      PreparedRun run, TrainingLoop loop, TrainingJobs jobs, URI webInterface, RunControl control)
      throws Exception {
    TrainingInput input = loop.input();
    StatusTracker tracker =
        new StatusTracker(input.steps(), input.stepsPerEpoch(), run.classifies(), System::nanoTime);
    StructureChanges changes =
        new StructureChanges(
            run, input.steps(), webInterface, jobs, control.listener(), System::nanoTime);
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
                          control.listener().progressed(tracker.status(progress));
                        });
          };
      try {
        job.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        report.run();
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
    Progress last = withBill(job.result().get(), latest.get(), run);
    changes.ended(job, last);
    control.listener().progressed(tracker.status(last));
    checkModel(run, job, last);
    return Outcome.of(last, loop, run, control.stop().isRequested());
  }

  /** The bill may have costs that came after the last report. */
  private static Progress withBill(Progress last, Progress reported, PreparedRun run)
      throws IOException {
    Tally spent = BillFile.read(run.directory().resolve(TrainingLoop.BILL)).spent();
    Tally extra = reported.extraCost();
    Tally totals = last.totals();
    return last.withExtraCost(
        new Tally(
            0,
            0,
            0,
            Math.max(extra.invocations(), spent.invocations() - totals.invocations()),
            Math.max(extra.coldStarts(), spent.coldStarts() - totals.coldStarts()),
            Math.max(extra.billedMillis(), spent.billedMillis() - totals.billedMillis())));
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

  private static void deleteTemporary(Path directory) {
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", directory, e.toString());
    }
  }
}
