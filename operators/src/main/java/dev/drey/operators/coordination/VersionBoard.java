package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which version of the weights is complete, and decides which rounds are admitted.
 *
 * <ul>
 *   <li>Step k is admitted once version k - staleness is complete: with a staleness of 0 every step
 *       sees all steps before it (synchronous); with s it may lack the last s (stale synchronous
 *       parallel, Ho et al., 2013).
 *   <li>An evaluation of version v is admitted when version v is complete, and no step that would
 *       change the version is admitted before the evaluation is done.
 *   <li>After a stop only steps are admitted that were already admitted for some slot, and no round
 *       once these are given up.
 *   <li>During a pause no further round is admitted, see {@link Pause}.
 * </ul>
 *
 * Announcements are repeated after a failure, so no state here can get lost. Not thread-safe: all
 * calls come on the JobManager's main thread.
 */
final class VersionBoard {

  private final LongPredicate affordable;
  private final long staleness;
  private final EvaluationSchedule evaluations;

  private final LatestWeights weights;
  private final AdmissionQueue waiting = new AdmissionQueue();
  private long evaluationOut;
  private Progress progress = Progress.NONE;
  private long stepsOut;
  private final EarlyEnd end = new EarlyEnd();
  private @Nullable Pause pause;

  /**
   * @param shards how many shards make a version complete
   * @param staleness how many versions a step may lack, at least 0; Long.MAX_VALUE for any
   * @param affordable whether a step may start beside so many in progress; else the run ends
   */
  VersionBoard(
      int shards, long staleness, EvaluationSchedule evaluations, LongPredicate affordable) {
    this.affordable = affordable;
    this.weights = new LatestWeights(shards);
    this.staleness = staleness;
    this.evaluations = evaluations;
  }

  /** A shard has published a version. */
  void announce(Announcement announcement) {
    if (announcement.progress() != null) {
      progress = announcement.progress();
    }
    out(announcement.version());
    weights.announce(announcement);
    admitWaiting();
    checkPause();
  }

  /** Completed as soon as the round may start, or never will. */
  CompletableFuture<Admission> await(Round round) {
    return await(round, null);
  }

  /**
   * Completed as soon as the round may start, or never will.
   *
   * @param seen weights that the answer must not have; null if any will do
   */
  CompletableFuture<Admission> await(Round round, @Nullable Weights seen) {
    Admission admission = admit(round, seen);
    if (admission == null) {
      return waiting.add(round, seen);
    }
    admitWaiting(); // if the run ends with this answer, later rounds that wait have to know
    return CompletableFuture.completedFuture(admission);
  }

  LatestWeights weights() {
    return weights;
  }

  /** The rounds that the run waits for. */
  OpenRounds openRounds() {
    Weights latest = weights.get();
    if (latest == null) {
      return new OpenRounds(-1, 0, waiting.rounds().size());
    }
    if (end.isGivenUp()) {
      return new OpenRounds(latest.version(), 0, 0);
    }
    long evaluations = evaluationOut > progress.evaluatedVersion() ? 1 : 0;
    long steps = Math.max(0, stepsOut - progress.version());
    int awaited = (int) waiting.rounds().stream().filter(round -> !isHeld(round)).count();
    return new OpenRounds(latest.version(), steps + evaluations, awaited);
  }

  private boolean isHeld(Round round) {
    return pause != null && pause.holds(round);
  }

  /**
   * Lets admitted rounds finish, and admits no other. Not in checkpoints: a restarted job is not
   * paused.
   *
   * @param before a version that the pause must begin before
   * @return completed once no round is in progress, or as soon as the run will not be paused
   */
  CompletableFuture<PauseAnswer> pause(long before) {
    Weights latest = weights.get();
    if (pause == null) {
      long evaluated = Math.max(evaluationOut, progress.evaluatedVersion());
      long version = Math.max(stepsOut, evaluated + 1);
      if (latest == null || version >= before || end.last().isPresent()) {
        return CompletableFuture.completedFuture(new PauseAnswer.Running());
      }
      pause = new Pause(version);
    }
    Pause now = pause;
    checkPause();
    return now.answer();
  }

  private void checkPause() {
    Weights latest = weights.get();
    if (pause != null
        && latest != null
        && latest.version() >= pause.version()
        && progress.evaluatedVersion() >= evaluationOut) {
      pause.reached();
    }
  }

  PauseAnswer paused() {
    return pause != null && pause.isReached()
        ? new PauseAnswer.Paused(pause.version())
        : new PauseAnswer.Running();
  }

  /** Ends the pause, if there is one. */
  void resume() {
    forgetPause();
    admitWaiting();
  }

  private void forgetPause() {
    if (pause != null) {
      pause.lift();
      pause = null;
    }
  }

  /** Ends the run with the steps that are admitted; returns the last version. */
  long stop() {
    stopAt(end.stoppedAt().orElse(stepsOut));
    return end.last().orElseThrow();
  }

  /** Ends the run at a version that was decided before a failure. */
  void stopAt(long steps) {
    end.stopAt(steps);
    resume();
  }

  /**
   * Ends a run that is stopped with the latest version, without the steps that are admitted.
   *
   * @return false if that version is not known yet: no shard has announced it since a failure
   */
  boolean giveUp() {
    Weights latest = weights.get();
    if (latest == null) {
      return false;
    }
    end.giveUpAt(latest.version());
    resume();
    return true;
  }

  /** At least so many steps were admitted: they are applied, or a checkpoint says so. */
  void out(long steps) {
    stepsOut = Math.max(stepsOut, steps);
  }

  /** Steps that were admitted for at least one slot. */
  long stepsOut() {
    return stepsOut;
  }

  /** Steps that were admitted and are not applied. */
  long stepsInProgress() {
    return Math.max(0, stepsOut - progress.version());
  }

  EarlyEnd end() {
    return end;
  }

  Progress progress() {
    return progress;
  }

  /** Forgets all announcements after a failure; waiting requests fail and are repeated. */
  void reset() {
    weights.reset();
    forgetPause();
    waiting.fail(
        new CompletionException(new IllegalStateException("the parameter server was restarted")));
  }

  private void admitWaiting() {
    waiting.answer(this::admit);
  }

  private @Nullable Admission admit(Round round, @Nullable Weights seen) {
    if (end.isBefore(round)) {
      return new Admission.Stopped(end.last().orElseThrow());
    }
    if (isHeld(round)) {
      return null;
    }
    boolean training = round.isTraining();
    Weights latest = weights.get();
    long needed = training ? Math.max(0, round.step() - staleness) : round.step();
    boolean evaluated =
        !training || progress.evaluatedVersion() >= evaluations.lastDue(round.step());
    if (latest == null || latest.version() < needed || !evaluated || latest.equals(seen)) {
      return null;
    }
    if (training && round.step() >= stepsOut && !affordable.test(stepsInProgress())) {
      forgetPause();
      end.stopAt(stepsOut);
      return new Admission.Stopped(stepsOut);
    }
    if (training) {
      out(round.step() + 1);
    } else {
      evaluationOut = Math.max(evaluationOut, round.step());
    }
    return new Admission.Admitted(
        latest,
        training ? progress.account().owed().getOrDefault(round.step(), List.of()) : List.of());
  }
}
