package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.resume.GenerationIndex;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.loop.Generation;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the run's advisor once per checkpoint interval, and changes the structure of the tree when
 * it advises another: the job ends between two steps, and a job with other operators continues from
 * its checkpoint. Not thread-safe.
 */
final class StructureChanges {

  private static final Logger LOG = LoggerFactory.getLogger(StructureChanges.class);

  /** So near to the end a change does not pay for itself. */
  private static final long LAST_STEPS = 8;

  private final PreparedRun run;
  private final long steps;
  private final URI webInterface;
  private final TrainingJobs jobs;
  private final ProgressListener listener;
  private final LongSupplier nanoTime;
  private long since;

  /**
   * @param steps of the run
   * @param webInterface where Flink serves metrics over REST
   * @param listener is notified of changes
   * @param nanoTime as {@link System#nanoTime}
   */
  StructureChanges(
      PreparedRun run,
      long steps,
      URI webInterface,
      TrainingJobs jobs,
      ProgressListener listener,
      LongSupplier nanoTime) {
    this.run = run;
    this.steps = steps;
    this.webInterface = webInterface;
    this.jobs = jobs;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /**
   * Asks the advisor if it is time, and changes the structure if it advises another.
   *
   * @param progress of the job
   * @param whileWaiting called repeatedly until the job is paused and cancelled
   * @return the job that runs now: the same, or its successor
   */
  TrainingJob consider(TrainingJob job, Progress progress, StopSignal stop, Runnable whileWaiting)
      throws Exception {
    long interval = run.specification().checkpoints().interval().toNanos();
    boolean due =
        nanoTime.getAsLong() - since >= interval && progress.version() < steps - LAST_STEPS;
    if (!due) {
      return job;
    }
    TrainingJob next = job;
    Optional<StructureAdvisor.Advice> advice = advice(job, progress);
    boolean mayChange = run.specification().aggregation().isAuto() && jobs.keepCheckpoints();
    if (mayChange && advice.isPresent()) {
      CancelWithCheckpoint cancel =
          new CancelWithCheckpoint(
              run.specification().workers().patience().stall(), stop, whileWaiting, nanoTime);
      next = change(job, advice.get(), cancel);
    }
    since = nanoTime.getAsLong();
    return next;
  }

  /** The job has ended: lets the advisor learn from the last steps. */
  void ended(TrainingJob job, Progress progress) {
    var unused = advice(job, progress);
  }

  private Optional<StructureAdvisor.Advice> advice(TrainingJob job, Progress progress) {
    Structure present = job.start().generation().structure();
    try {
      return run.plan()
          .advisor()
          .advise(
              new LoopObservation(
                  present,
                  progress.version(),
                  steps - progress.version(),
                  progress.times(),
                  webInterface,
                  job.flink().id().toHexString(),
                  run.directory()))
          .filter(advice -> isAnother(advice.structure(), present));
    } catch (RuntimeException e) {
      LOG.warn("structure {} stays: the advisor failed", present, e);
      return Optional.empty();
    }
  }

  private static boolean isAnother(Structure advised, Structure present) {
    if (advised.slots() != present.slots()) {
      throw new IllegalArgumentException(
          "structure " + advised + " was advised, must have " + present.slots() + " slots");
    }
    return !advised.equals(present);
  }

  private TrainingJob change(
      TrainingJob job, StructureAdvisor.Advice advice, CancelWithCheckpoint cancel)
      throws Exception {
    long start = nanoTime.getAsLong();
    Optional<CancelWithCheckpoint.Cancelled> cancelled = cancel.cancel(job, steps - LAST_STEPS);
    if (cancelled.isEmpty()) {
      return job;
    }
    String checkpoint = cancelled.get().checkpoint();
    if (cancelled.get().version().isEmpty()) {
      LOG.warn(
          "the job failed while it was cancelled: structure {} stays",
          job.start().generation().structure());
      return jobs.start(
          new JobStart(
              job.start().generation(), job.start().stepSeconds(), from(checkpoint, false)));
    }
    Generation generation =
        new Generation(
            new GenerationIndex(run.directory()).next(),
            advice.structure(),
            cancelled.get().version().getAsLong());
    TrainingJob next =
        jobs.start(new JobStart(generation, advice.stepSeconds(), from(checkpoint, true)));
    String sentence = sentence(job.start().generation().structure(), generation, advice);
    LOG.info(
        "{}; the job before was paused and cancelled within {} ms",
        sentence,
        TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start));
    listener.noted(sentence);
    return next;
  }

  /**
   * @param otherOperators whether the checkpoint has state of operators that the next job lacks
   */
  private static SavepointRestoreSettings from(String checkpoint, boolean otherOperators) {
    return SavepointRestoreSettings.forPath(checkpoint, otherOperators, RecoveryClaimMode.CLAIM);
  }

  static String sentence(Structure before, Generation now, StructureAdvisor.Advice advice) {
    String change =
        "structure " + before + " -> " + now.structure() + " from step " + now.firstStep() + " on";
    return advice.stepSeconds().isEmpty()
        ? change
        : change
            + ": predicted "
            + millis(advice.stepSeconds())
            + (advice.insteadOf().isEmpty() ? "" : " instead of " + millis(advice.insteadOf()))
            + " ms a step";
  }

  private static String millis(OptionalDouble seconds) {
    double millis = seconds.getAsDouble() * 1000;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
  }
}
