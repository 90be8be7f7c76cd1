package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class VersionBoardTest {

  private static final long ANY = Long.MAX_VALUE;

  @Test
  void synchronousStepsGoOutOneAfterAnother() {
    VersionBoard board = board(1, 0);

    CompletableFuture<Admission> first = board.await(step(0));
    CompletableFuture<Admission> second = board.await(step(1));
    assertThat(first).isNotDone();

    board.announce(Announcements.of(0, 0));
    assertThat(admittedVersion(first)).isZero();
    assertThat(second).isNotDone();

    board.announce(Announcements.of(0, 1));
    assertThat(admittedVersion(second)).isOne();
  }

  @Test
  void stalenessLetsStepsGoOutThatLackTheLastVersions() {
    VersionBoard board = board(1, 2);
    board.announce(Announcements.of(0, 3));

    assertThat(admittedVersion(board.await(step(5)))).isEqualTo(3);
    CompletableFuture<Admission> tooFar = board.await(step(6));
    assertThat(tooFar).isNotDone();

    board.announce(Announcements.of(0, 4));
    assertThat(admittedVersion(tooFar)).isEqualTo(4);
  }

  @Test
  void unboundedStalenessWaitsForTheFirstVersionAlone() {
    VersionBoard board = board(1, ANY);
    CompletableFuture<Admission> far = board.await(step(1_000_000));
    assertThat(far).isNotDone();

    board.announce(Announcements.of(0, 0));

    assertThat(admittedVersion(far)).isZero();
  }

  @Test
  void aVersionIsCompleteOnceAllShardsHaveIt() {
    VersionBoard board = board(3, 0);
    CompletableFuture<Admission> first = board.await(step(0));
    board.announce(Announcements.of(2, 0));
    board.announce(Announcements.of(0, 0));
    assertThat(first).isNotDone();

    board.announce(Announcements.of(1, 0));

    Admission.Admitted admitted = (Admission.Admitted) first.join();
    assertThat(admitted.weights().parts())
        .containsExactly(
            Announcements.of(0, 0).part(),
            Announcements.of(1, 0).part(),
            Announcements.of(2, 0).part());
  }

  @Test
  void aShardThatIsAheadDoesNotCompleteAVersion() {
    VersionBoard board = board(2, 0);
    board.announce(Announcements.of(0, 0));
    board.announce(Announcements.of(0, 1));
    board.announce(Announcements.of(1, 0));
    assertThat(admittedVersion(board.await(step(0)))).isZero();
    assertThat(board.await(step(1))).isNotDone();

    board.announce(Announcements.of(1, 1));

    assertThat(admittedVersion(board.await(step(1)))).isOne();
  }

  @Test
  void announcingTheSameAgainChangesNothing() {
    VersionBoard board = board(2, 0);
    board.announce(Announcements.of(0, 0));
    board.announce(Announcements.of(0, 0));
    CompletableFuture<Admission> first = board.await(step(0));
    assertThat(first).isNotDone();
    board.announce(Announcements.of(1, 0));
    board.announce(Announcements.of(0, 1));
    board.announce(Announcements.of(1, 1));
    board.announce(Announcements.of(0, 0));

    assertThat(admittedVersion(board.await(step(1)))).isOne();
    assertThat(board.await(step(2))).isNotDone();
  }

  @Test
  void aVersionPublishedAnewTakesItsPlaceOnceAllShardsHaveIt() {
    VersionBoard board = board(2, 0);
    board.announce(Announcements.of(0, 4));
    board.announce(Announcements.of(1, 4));
    Weights seen = ((Admission.Admitted) board.await(step(4)).join()).weights();
    assertThat(board.weights().unreadable(seen)).isTrue();
    CompletableFuture<Admission> other = board.await(step(4), seen);

    board.announce(Announcements.anew(0, 4));
    board.announce(Announcements.anew(0, 4));
    assertThat(other).isNotDone();
    assertThat(board.weights().isRenewing()).isTrue();
    assertThat(((Admission.Admitted) board.await(step(4)).join()).weights()).isEqualTo(seen);
    board.announce(Announcements.anew(1, 4));

    assertThat(((Admission.Admitted) other.join()).weights().parts())
        .containsExactly(Announcements.anew(0, 4).part(), Announcements.anew(1, 4).part());
    assertThat(board.weights().isRenewing()).isFalse();
  }

  @Test
  void aLaterVersionWillDoForWeightsThatCannotBeRead() {
    VersionBoard board = board(1, 1);
    board.announce(Announcements.of(0, 4));
    Weights seen = ((Admission.Admitted) board.await(step(5)).join()).weights();
    board.announce(Announcements.of(0, 5));

    assertThat(board.weights().unreadable(seen)).isFalse();
    assertThat(admittedVersion(board.await(step(5), seen))).isEqualTo(5);
  }

  @Test
  void noStepChangesAVersionBeforeItIsEvaluated() {
    VersionBoard board = new VersionBoard(1, 1, new EvaluationSchedule(2, 5), stepsOut -> true);
    board.announce(Announcements.evaluated(0, 0));
    assertThat(admittedVersion(board.await(step(1)))).isZero();
    CompletableFuture<Admission> evaluation = board.await(evaluation(2));
    CompletableFuture<Admission> third = board.await(step(2));
    board.announce(Announcements.evaluated(1, 0));
    assertThat(evaluation).isNotDone();

    board.announce(Announcements.evaluated(2, 0));
    assertThat(admittedVersion(evaluation)).isEqualTo(2);
    assertThat(third).isNotDone();

    board.announce(Announcements.evaluated(2, 2));
    assertThat(admittedVersion(third)).isEqualTo(2);
  }

  @Test
  void stopLetsTheStepsFinishThatAreOutForSomeSlot() {
    VersionBoard board = board(1, 0);
    board.announce(Announcements.of(0, 3));
    assertThat(admittedVersion(board.await(step(3)))).isEqualTo(3);
    CompletableFuture<Admission> next = board.await(step(4));

    assertThat(board.stop()).isEqualTo(4);

    assertThat(next.join()).isEqualTo(new Admission.Stopped(4));
    assertThat(admittedVersion(board.await(step(3)))).isEqualTo(3);
    board.announce(Announcements.of(0, 4));
    assertThat(board.await(step(4)).join()).isEqualTo(new Admission.Stopped(4));
    assertThat(board.await(step(99)).join()).isEqualTo(new Admission.Stopped(4));
  }

  @Test
  void stoppingAgainKeepsTheFirstDecision() {
    VersionBoard board = board(1, 0);
    board.announce(Announcements.of(0, 0));
    board.await(step(0)).join();
    assertThat(board.stop()).isOne();
    board.announce(Announcements.of(0, 1));

    assertThat(board.stop()).isOne();
    assertThat(board.end().stoppedAt()).hasValue(1);
  }

  @Test
  void theLastVersionOfAStoppedRunIsStillEvaluated() {
    VersionBoard board = new VersionBoard(1, 0, new EvaluationSchedule(2, 8), stepsOut -> true);
    board.announce(Announcements.of(0, 1));
    board.await(step(1)).join();
    CompletableFuture<Admission> due = board.await(evaluation(2));
    CompletableFuture<Admission> later = board.await(evaluation(4));

    assertThat(board.stop()).isEqualTo(2);

    assertThat(later.join()).isEqualTo(new Admission.Stopped(2));
    assertThat(due).isNotDone();
    board.announce(Announcements.of(0, 2));
    assertThat(admittedVersion(due)).isEqualTo(2);
  }

  @Test
  void stopAfterARestoreNeverGoesBackBehindWhatIsApplied() {
    VersionBoard board = board(1, 0);
    board.announce(Announcements.of(0, 100));

    assertThat(board.stop()).isEqualTo(100);
  }

  @Test
  void whoWaitsWhenThePartsAreForgottenMustAskAgain() {
    VersionBoard board = board(2, 0);
    board.announce(Announcements.of(0, 7));
    board.announce(Announcements.of(1, 7));
    CompletableFuture<Admission> waiting = board.await(step(8));

    board.reset();

    assertThatThrownBy(waiting::join).hasRootCauseMessage("the parameter server was restarted");
    CompletableFuture<Admission> again = board.await(step(5));
    board.announce(Announcements.of(0, 5));
    assertThat(again).isNotDone();
    board.announce(Announcements.of(1, 5));
    assertThat(admittedVersion(again)).isEqualTo(5);
  }

  @Test
  void stopOutlivesARestart() {
    VersionBoard board = board(1, 0);
    board.announce(Announcements.of(0, 2));
    board.await(step(2)).join();
    board.stop();

    board.reset();

    assertThat(board.await(step(3)).join()).isEqualTo(new Admission.Stopped(3));
  }

  @Test
  void aPauseLetsTheStepsFinishThatAreOutForSomeSlotAndNoOther() {
    VersionBoard board = board(2, 1);
    board.announce(Announcements.evaluated(3, 0));
    board.announce(Announcements.of(1, 3));
    board.await(step(3)).join();
    board.await(step(4)).join();

    CompletableFuture<PauseAnswer> pause = board.pause(100);
    CompletableFuture<Admission> next = board.await(step(5));
    CompletableFuture<Admission> evaluation = board.await(evaluation(5));
    assertThat(board.await(step(4))).isDone(); // another slot of it
    board.announce(Announcements.evaluated(4, 0));
    board.announce(Announcements.evaluated(5, 0));
    assertThat(pause).isNotDone();
    assertThat(board.paused()).isEqualTo(new PauseAnswer.Running());
    board.announce(Announcements.of(1, 5));

    assertThat(pause.join()).isEqualTo(new PauseAnswer.Paused(5));
    assertThat(board.pause(100).join()).isEqualTo(new PauseAnswer.Paused(5));
    assertThat(board.paused()).isEqualTo(new PauseAnswer.Paused(5));
    assertThat(board.openRounds().idle()).isTrue();
    assertThat(next).isNotDone();
    assertThat(evaluation).isNotDone();

    board.resume();

    assertThat(admittedVersion(next)).isEqualTo(5);
    assertThat(admittedVersion(evaluation)).isEqualTo(5);
    assertThat(board.paused()).isEqualTo(new PauseAnswer.Running());
  }

  /** What comes after the pause begins with the evaluation of its version: that must not be out. */
  @Test
  void aPauseBeginsBehindAnEvaluationThatIsOut() {
    VersionBoard board = new VersionBoard(1, 0, new EvaluationSchedule(2, 8), stepsOut -> true);
    board.announce(Announcements.evaluated(2, 0));
    board.await(evaluation(2)).join();

    CompletableFuture<PauseAnswer> pause = board.pause(8);
    CompletableFuture<Admission> step = board.await(step(2));
    assertThat(board.await(evaluation(2))).isDone(); // another slot of it
    board.announce(Announcements.evaluated(2, 2));
    assertThat(step).isDone();
    assertThat(pause).isNotDone();
    board.announce(Announcements.evaluated(3, 2));

    assertThat(pause.join()).isEqualTo(new PauseAnswer.Paused(3));
  }

  @Test
  void aPauseBeginsBehindAnEvaluationThatIsDone() {
    VersionBoard board = new VersionBoard(1, 0, new EvaluationSchedule(2, 8), stepsOut -> true);
    board.announce(Announcements.evaluated(2, 2));

    CompletableFuture<PauseAnswer> pause = board.pause(8);

    assertThat(pause).isNotDone();
    assertThat(board.await(step(2))).isDone();
    board.announce(Announcements.evaluated(3, 2));
    assertThat(pause.join()).isEqualTo(new PauseAnswer.Paused(3));
  }

  @Test
  void aRunThatIsTooNearItsEndIsNotPaused() {
    VersionBoard board = board(1, 0);
    assertThat(board.pause(8).join()).isEqualTo(new PauseAnswer.Running());
    board.announce(Announcements.of(0, 7));
    board.await(step(7)).join();

    assertThat(board.pause(8).join()).isEqualTo(new PauseAnswer.Running());
    assertThat(board.pause(9)).isNotDone();
  }

  @Test
  void aFailureEndsAPause() {
    VersionBoard board = board(1, 0);
    board.announce(Announcements.of(0, 3));
    board.await(step(3)).join();
    CompletableFuture<PauseAnswer> pause = board.pause(8);

    board.reset();

    assertThat(pause.join()).isEqualTo(new PauseAnswer.Running());
    board.announce(Announcements.of(0, 1));
    assertThat(admittedVersion(board.await(step(1)))).isOne();
  }

  /**
   * Slots ask in any order and often too soon, shards announce at their own pace and repeat
   * themselves; checked against the definition.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, ANY})
  void neverAdmitsEarlyAndAdmitsAllInTheEnd(long staleness) {
    SplittableRandom random = new SplittableRandom(staleness);
    for (int run = 0; run < 60; run++) {
      new RandomRun(random.split(), staleness).run();
    }
  }

  private static VersionBoard board(int shards, long staleness) {
    return new VersionBoard(shards, staleness, EvaluationSchedule.NEVER, stepsOut -> true);
  }

  private static Round step(long step) {
    return Round.training(step);
  }

  private static Round evaluation(long version) {
    return Round.evaluation(version);
  }

  private static long admittedVersion(CompletableFuture<Admission> future) {
    assertThat(future).isDone();
    return ((Admission.Admitted) future.join()).weights().version();
  }

  /** A run against the board, whose shards and slots move by chance. */
  private static final class RandomRun {
    private final SplittableRandom random;
    private final long staleness;
    private final int steps;
    private final int slots;
    private final EvaluationSchedule schedule;
    private final VersionBoard board;
    private final long[] announced;
    private final List<Round> toAsk = new ArrayList<>();
    private final int[] admittedSlots;
    private final Set<Long> evaluationsOut = new HashSet<>();
    private long evaluated;
    private int admissions;

    RandomRun(SplittableRandom random, long staleness) {
      this.random = random;
      this.staleness = staleness;
      this.steps = random.nextInt(1, 12);
      this.slots = random.nextInt(1, 4);
      this.schedule = new EvaluationSchedule(random.nextInt(0, 5), steps);
      int shards = random.nextInt(1, 4);
      this.board = new VersionBoard(shards, staleness, schedule, stepsOut -> true);
      this.announced = new long[shards];
      this.admittedSlots = new int[steps];
      Arrays.fill(announced, -1);
      for (int step = 0; step < steps; step++) {
        for (int slot = 0; slot < slots; slot++) {
          toAsk.add(step(step));
        }
        if (schedule.every() > 0 && schedule.lastDue(step + 1) == step + 1) {
          toAsk.add(evaluation(step + 1));
        }
      }
    }

    void run() {
      int expected = toAsk.size();
      for (int move = 0; move < 200_000 && admissions < expected; move++) {
        if (!toAsk.isEmpty() && random.nextBoolean()) {
          ask(toAsk.remove(random.nextInt(toAsk.size())));
        } else {
          announce(random.nextInt(announced.length));
        }
      }
      assertThat(admissions).as("of %d rounds and slots", expected).isEqualTo(expected);
    }

    private void ask(Round round) {
      var unused = board.await(round).thenAccept(admission -> admitted(round, admission));
    }

    private void admitted(Round round, Admission admission) {
      admissions++;
      long complete = Arrays.stream(announced).min().orElseThrow();
      assertThat(((Admission.Admitted) admission).weights().version()).isEqualTo(complete);
      if (round.kind() == Round.Kind.EVALUATION) {
        assertThat(complete).isEqualTo(round.step());
        evaluationsOut.add(round.step());
      } else {
        assertThat(complete).isGreaterThanOrEqualTo(Math.max(0, round.step() - staleness));
        assertThat(evaluated).isGreaterThanOrEqualTo(schedule.lastDue(round.step()));
        admittedSlots[(int) round.step()]++;
      }
    }

    /** Moves a shard on if its next step has all slots, or lets it repeat itself. */
    private void announce(int shard) {
      long next = announced[shard] + 1;
      boolean may = next == 0 || (next <= steps && admittedSlots[(int) next - 1] == slots);
      if (may) {
        announced[shard] = next;
      }
      if (shard == 0 && evaluationsOut.contains(announced[0])) {
        evaluated = announced[0];
      }
      if (announced[shard] >= 0) {
        board.announce(
            shard == 0
                ? Announcements.evaluated(announced[0], evaluated)
                : Announcements.of(shard, announced[shard]));
      }
    }
  }
}
