package dev.drey.job.run;

import dev.drey.job.model.ModelDirectory;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.operators.coordination.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Trains with Flink in this process and workers below it. */
public final class LocalTraining implements TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(LocalTraining.class);

  /** More would not pay: a step of a small model is over before so many tasks have had a part. */
  private static final int MOST_PARALLELISM = 8;

  private static final int POLL_MILLIS = 100;

  /** Where a run keeps its checkpoints, in its directory, if it is not told otherwise. */
  static final String CHECKPOINTS = "checkpoints";

  private final LocalSetup setup;

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
      try (FlinkProcess flink = FlinkProcess.start(configuration)) {
        listener.started(flink.webInterface());
        warm.get();
        LoopOfRun loop = new LoopOfRun(run);
        outcome =
            train(
                run,
                loop,
                flink,
                new JobsOfRun(run, loop, flink, workers.ports(), configuration),
                listener,
                stop);
      }
      new CheckpointIndex(run.directory()).clear();
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

  /** Flink deletes the checkpoints of a job that came to its end, and leaves their directories. */
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

  /** Tasks of every operator on this machine, unless Flink is told otherwise. */
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
    configuration.addAll(JobOptions.ending(run));
    Map<String, String> options = run.flinkOptions();
    // By their keys: to Flink, who gives the port has given the bind port, which is not ours then.
    if (options.containsKey(RestOptions.PORT.key())) {
      configuration.set(RestOptions.BIND_PORT, options.get(RestOptions.PORT.key()));
    }
    configuration.set(WebOptions.LOG_PATH, new ModelDirectory(run.directory()).log().toString());
    configuration.addAll(Configuration.fromMap(options));
    return configuration;
  }

  private Outcome train(
      PreparedRun run,
      LoopOfRun loopOfRun,
      FlinkProcess flink,
      JobsOfRun jobs,
      ProgressListener listener,
      StopSignal stop)
      throws Exception {
    ModelDirectory directory = new ModelDirectory(run.directory());
    Course course = loopOfRun.course();
    Monitor monitor =
        new Monitor(course.steps(), course.stepsPerEpoch(), run.classifies(), System::nanoTime);
    StructureChanges changes =
        new StructureChanges(run, course.steps(), flink, jobs, listener, System::nanoTime);
    AtomicReference<Progress> told = new AtomicReference<>(Progress.NONE);
    JobsOfRun.Job job = jobs.start(Stage.first(run));
    while (!job.result().isDone()) {
      JobsOfRun.Job now = job;
      Runnable report =
          () -> {
            var unused =
                flink
                    .progress(now.id())
                    .thenAccept(
                        p -> {
                          told.set(p);
                          listener.progressed(monitor.progress(p));
                        });
          };
      try {
        job.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        report.run();
        if (stop.isRequested()) {
          // Told again and again: before the job runs, and after a failure, nobody would keep it.
          var unusedStop = flink.stop(job.id());
        } else {
          job = changes.consider(job, told.get(), stop, report);
        }
      } catch (ExecutionException e) {
        break;
      }
    }
    Progress last = job.result().get().withExtraCost(told.get().extraCost());
    changes.ended(job, last);
    listener.progressed(monitor.progress(last));
    if (!Files.exists(directory.weights())) {
      Optional<String> savepoint = flink.savepointOfStop(job.id());
      if (savepoint.isPresent()) {
        throw new StoppedException(last.version(), savepoint.get());
      }
      throw new RunFailedException(
          "the run ended at step " + last.version() + " without a model", null);
    }
    return Outcome.of(last, loopOfRun, run, stop.isRequested());
  }

  private static void deleteTemporary(Path directory) {
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", directory, e.toString());
    }
  }
}
