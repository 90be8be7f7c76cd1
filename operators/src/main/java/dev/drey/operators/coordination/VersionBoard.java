package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Knows which version of the weights is complete, and decides which round may go out.
 *
 * <ul>
 *   <li>Step k goes out once version k - staleness is complete: with a staleness of 0 every step
 *       sees all steps before it (synchronous); with s it may lack the last s (stale synchronous
 *       parallel, Ho et al., 2013).
 *   <li>An evaluation of version v goes out when version v is complete, and no step that would
 *       change it goes out before it is done.
 *   <li>After a stop no step goes out that had not gone out for some slot already.
 *   <li>While it is paused nothing goes out that had not, see {@link Pause}.
 * </ul>
 *
 * Everything it knows is state that is told again after a failure, so nothing here can get lost.
 * Not thread-safe: all calls come on the JobManager's main thread.
 */
final class VersionBoard {

  private final int shards;
  private final long staleness;
  private final EvaluationSchedule evaluations;

  private final Map<Long, Weights.Part[]> incomplete = new HashMap<>();
  private final Map<Round, List<Question>> waiting = new HashMap<>();
  private @Nullable Weights latest;
  private @Nullable Weights renewing;
  private long evaluationOut;
  private Progress progress = Progress.NONE;
  private long stepsOut;
  private OptionalLong stoppedAt = OptionalLong.empty();
  private @Nullable Pause pause;

  /**
   * Who waits for an answer.
   *
   * @param seen weights that will not do; null if any will
   */
  private record Question(@Nullable Weights seen, CompletableFuture<Admission> answer) {}

  /**
   * @param shards how many shards make a version complete
   * @param staleness how many versions a step may lack, at least 0; Long.MAX_VALUE for any
   */
  VersionBoard(int shards, long staleness, EvaluationSchedule evaluations) {
    this.shards = shards;
    this.staleness = staleness;
    this.evaluations = evaluations;
  }

  /** A shard has published a version. */
  void announce(Announcement announcement) {
    if (announcement.progress() != null) {
      progress = announcement.progress();
    }
    out(announcement.version());
    if (isNews(announcement)) {
      Weights.Part[] parts =
          incomplete.computeIfAbsent(announcement.version(), v -> new Weights.Part[shards]);
      parts[announcement.shard()] = announcement.part();
      if (Arrays.stream(parts).allMatch(part -> part != null)) {
        latest = new Weights(announcement.version(), List.of(parts));
        incomplete.keySet().removeIf(version -> version <= announcement.version());
      }
    }
    admitWaiting();
    noticePause();
  }

  /** A later version than the latest, or the latest published anew. */
  private boolean isNews(Announcement announcement) {
    return latest == null
        || announcement.version() > latest.version()
        || (announcement.version() == latest.version()
            && !announcement.part().equals(latest.parts().get(announcement.shard())));
  }

  /** Completed as soon as the round may go out, or never will. */
  CompletableFuture<Admission> await(Round round) {
    return await(round, null);
  }

  /**
   * Completed as soon as the round may go out, or never will.
   *
   * @param seen weights that will not do; null if any will
   */
  CompletableFuture<Admission> await(Round round, @Nullable Weights seen) {
    Admission admission = admit(round, seen);
    if (admission != null) {
      return CompletableFuture.completedFuture(admission);
    }
    CompletableFuture<Admission> future = new CompletableFuture<>();
    waiting.computeIfAbsent(round, r -> new ArrayList<>()).add(new Question(seen, future));
    return future;
  }

  /**
   * Somebody cannot read weights.
   *
   * @return whether they are to be published anew: once, however many say so
   */
  boolean unreadable(Weights seen) {
    if (!seen.equals(latest) || seen.equals(renewing)) {
      return false;
    }
    renewing = seen;
    return true;
  }

  /** Whether the latest version is being published anew. */
  boolean isRenewing() {
    return renewing != null && renewing.equals(latest);
  }

  /** What the run waits for. */
  UnderWay underWay() {
    if (latest == null) {
      return new UnderWay(-1, 0, waiting.size());
    }
    long evaluations = evaluationOut > progress.evaluatedVersion() ? 1 : 0;
    long steps = Math.max(0, stepsOut - progress.version());
    int awaited = (int) waiting.keySet().stream().filter(round -> !isHeld(round)).count();
    return new UnderWay(latest.version(), steps + evaluations, awaited);
  }

  private boolean isHeld(Round round) {
    return pause != null && pause.holds(round);
  }

  /**
   * Lets what is out finish, and no other round go out. Not kept in a checkpoint: a run that starts
   * again goes on.
   *
   * @param before a version, which the pause must begin before
   * @return completed once nothing is out, or as soon as that will not be
   */
  CompletableFuture<PauseAnswer> pause(long before) {
    if (pause == null) {
      long evaluated = Math.max(evaluationOut, progress.evaluatedVersion());
      long version = Math.max(stepsOut, evaluated + 1);
      if (latest == null || version >= before || stoppedAt.isPresent()) {
        return CompletableFuture.completedFuture(new PauseAnswer.Running());
      }
      pause = new Pause(version);
    }
    Pause now = pause;
    noticePause();
    return now.answer();
  }

  private void noticePause() {
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

  /** Lifts the pause, if there is one. */
  void goOn() {
    forgetPause();
    admitWaiting();
  }

  private void forgetPause() {
    if (pause != null) {
      pause.lift();
      pause = null;
    }
  }

  /** Ends the run with the steps that are out; returns the last version. */
  long stop() {
    stopAt(stoppedAt.orElse(stepsOut));
    return stoppedAt.getAsLong();
  }

  /** Ends the run at a version that was decided earlier, before a failure. */
  void stopAt(long steps) {
    stoppedAt = OptionalLong.of(steps);
    goOn();
  }

  /** As many steps went out, at least: they are applied, or were out when a checkpoint was made. */
  void out(long steps) {
    stepsOut = Math.max(stepsOut, steps);
  }

  /** Steps that went out, for some slot at least. */
  long stepsOut() {
    return stepsOut;
  }

  OptionalLong stoppedAt() {
    return stoppedAt;
  }

  Progress progress() {
    return progress;
  }

  /** Forgets what shards announced, after a failure; who waits has to ask again. */
  void reset() {
    latest = null;
    renewing = null;
    forgetPause();
    incomplete.clear();
    List<Question> all = waiting.values().stream().flatMap(List::stream).toList();
    waiting.clear();
    all.forEach(
        question ->
            question.answer.completeExceptionally(
                new CompletionException(
                    new IllegalStateException("the parameter server was restarted"))));
  }

  private void admitWaiting() {
    for (Round round : List.copyOf(waiting.keySet())) {
      List<Question> unanswered = new ArrayList<>();
      for (Question question : waiting.remove(round)) {
        Admission admission = admit(round, question.seen);
        if (admission == null) {
          unanswered.add(question);
        } else {
          question.answer.complete(admission);
        }
      }
      if (!unanswered.isEmpty()) {
        waiting.put(round, unanswered);
      }
    }
  }

  private @Nullable Admission admit(Round round, @Nullable Weights seen) {
    boolean training = round.isTraining();
    if (stoppedAt.isPresent() && round.step() >= stoppedAt.getAsLong() + (training ? 0 : 1)) {
      return new Admission.Stopped(stoppedAt.getAsLong());
    }
    if (isHeld(round)) {
      return null;
    }
    long needed = training ? Math.max(0, round.step() - staleness) : round.step();
    boolean evaluated =
        !training || progress.evaluatedVersion() >= evaluations.lastDue(round.step());
    if (latest == null || latest.version() < needed || !evaluated || latest.equals(seen)) {
      return null;
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
