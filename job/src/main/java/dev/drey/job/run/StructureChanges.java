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
 * Asks the run's advisor from time to time, and changes the structure when it says so: the job ends
 * between two steps, and another with other operators goes on from its checkpoint. Not thread-safe.
 */
final class StructureChanges {

  private static final Logger LOG = LoggerFactory.getLogger(StructureChanges.class);

  /** At the end, no change is worth its while. */
  private static final long LAST_STEPS = 8;

  private final PreparedRun run;
  private final long steps;
  private final URI webInterface;
  private final JobsOfRun jobs;
  private final ProgressListener listener;
  private final LongSupplier nanoTime;
  private long since;

  /**
   * @param steps of the plan
   * @param webInterface where Flink tells metrics over REST
   * @param listener is told of changes
   * @param nanoTime as {@link System#nanoTime}
   */
  StructureChanges(
      PreparedRun run,
      long steps,
      URI webInterface,
      JobsOfRun jobs,
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
   * Asks, if it is time, and changes the structure if it is to be.
   *
   * @param told how far the job is
   * @param meanwhile called again and again while the job comes to stand still
   * @return the job that goes on: the same, or its successor
   */
  TrainingJob consider(TrainingJob job, Progress told, StopSignal stop, Runnable meanwhile)
      throws Exception {
    long interval = run.specification().checkpoints().interval().toNanos();
    boolean due = nanoTime.getAsLong() - since >= interval && told.version() < steps - LAST_STEPS;
    if (!due) {
      return job;
    }
    TrainingJob next = job;
    Optional<StructureAdvisor.Advice> advice = advice(job, told);
    boolean may = run.specification().aggregation().isAuto() && jobs.leaveCheckpoints();
    if (may && advice.isPresent()) {
      Leaving leaving =
          new Leaving(
              run.specification().workers().patience().stall(), stop, meanwhile, nanoTime);
      next = change(job, advice.get(), leaving);
    }
    since = nanoTime.getAsLong();
    return next;
  }

  /** Lets the advisor learn from the last steps; there is nothing left to change. */
  void ended(TrainingJob job, Progress told) {
    var unused = advice(job, told);
  }

  private Optional<StructureAdvisor.Advice> advice(TrainingJob job, Progress told) {
    Structure present = job.stage().generation().structure();
    try {
      return run.plan()
          .advisor()
          .advise(
              new LoopObservation(
                  present,
                  told.version(),
                  steps - told.version(),
                  told.times(),
                  webInterface,
                  job.flink().id().toHexString(),
                  run.directory()))
          .filter(advice -> isAnother(advice.structure(), present));
    } catch (RuntimeException e) {
      LOG.warn("structure {} stays, since nobody could say whether another is better", present, e);
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

  private TrainingJob change(TrainingJob job, StructureAdvisor.Advice advice, Leaving leaving)
      throws Exception {
    long start = nanoTime.getAsLong();
    Optional<Leaving.Left> left = leaving.leave(job, steps - LAST_STEPS);
    if (left.isEmpty()) {
      return job;
    }
    String checkpoint = left.get().checkpoint();
    if (left.get().version().isEmpty()) {
      LOG.warn(
          "the job failed while it was left: structure {} goes on",
          job.stage().generation().structure());
      return jobs.start(
          new Stage(job.stage().generation(), job.stage().stepSeconds(), from(checkpoint, false)));
    }
    Generation generation =
        new Generation(
            new GenerationIndex(run.directory()).next(),
            advice.structure(),
            left.get().version().getAsLong());
    TrainingJob next =
        jobs.start(new Stage(generation, advice.stepSeconds(), from(checkpoint, true)));
    String sentence = sentence(job.stage().generation().structure(), generation, advice);
    LOG.info(
        "{}; the job before stood still and ended within {} ms",
        sentence,
        TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start));
    listener.noted(sentence);
    return next;
  }

  /**
   * @param others whether parts of the state belong to operators that are no more
   */
  private static SavepointRestoreSettings from(String checkpoint, boolean others) {
    return SavepointRestoreSettings.forPath(checkpoint, others, RecoveryClaimMode.CLAIM);
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
