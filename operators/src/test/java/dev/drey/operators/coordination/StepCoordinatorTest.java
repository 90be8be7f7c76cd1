package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.cost.Price;
import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class StepCoordinatorTest {

  /** A millisecond costs a dollar. */
  private static final Price PRICE = new Price(1000, 0);

  private static final int ONE_GIGABYTE = 1024;

  private long nanos;

  @Test
  void dispatchersLearnWhatShardsAnnounced() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    CompletableFuture<CoordinationResponse> admission = await(coordinator, 1);
    assertThat(admission).isNotDone();

    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 1));

    assertThat(((Admission.Admitted) admission.join()).weights().version()).isOne();
  }

  @Test
  void theClientLearnsHowFarTheRunIs() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    Announcement announcement = Announcements.billed(4, 9);
    coordinator.handleEventFromOperator(0, 0, announcement);

    assertThat(coordinator.answerTo(new StepRequest.Report()).join())
        .isEqualTo(announcement.progress());
  }

  /** Whose class loader does not know a job's classes. */
  @Test
  void answersTravelAsAClassOfFlinks() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);

    CoordinationResponse packed =
        coordinator.handleCoordinationRequest(new StepRequest.Stop()).join();

    assertThat(packed.getClass().getName()).startsWith("org.apache.flink.");
    assertThat(PackedAnswer.read(packed)).isInstanceOf(Admission.Stopped.class);
  }

  @Test
  void theClientStopsARunWithTheStepsThatAreOut() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 3));
    await(coordinator, 3).join();
    CompletableFuture<CoordinationResponse> next = await(coordinator, 4);

    assertThat(coordinator.answerTo(new StepRequest.Stop()).join())
        .isEqualTo(new Admission.Stopped(4));

    assertThat(next.join()).isEqualTo(new Admission.Stopped(4));
  }

  @Test
  void stepsThatAreGivenUpLeaveTheLastCompleteVersion() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 3));
    await(coordinator, 3).join();
    CompletableFuture<CoordinationResponse> task = awaitGivingUp(coordinator, "a");
    assertThat(coordinator.answerTo(new StepRequest.Stop()).join())
        .isEqualTo(new Admission.Stopped(4));
    assertThat(task).isNotDone();

    assertThat(coordinator.answerTo(new StepRequest.GiveUp()).join())
        .isEqualTo(new Admission.Stopped(3));

    assertThat(task.join()).isInstanceOf(StepRequest.GivenUp.class);
    assertThat(await(coordinator, 3).join()).isEqualTo(new Admission.Stopped(3));
    assertThat(awaitGivingUp(coordinator, "b")).isCompleted();
  }

  @Test
  void aSumThatWasUnderWayDoesNotMoveTheEnd() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 3));
    await(coordinator, 3).join();
    coordinator.answerTo(new StepRequest.GiveUp()).join();

    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 4));

    assertThat(coordinator.answerTo(new StepRequest.GiveUp()).join())
        .isEqualTo(new Admission.Stopped(3));
  }

  @Test
  void aRestoredJobEndsWithItsRestoredVersionOnceStepsAreGivenUp() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 2));
    byte[] checkpoint = checkpoint(coordinator);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 3));
    coordinator.answerTo(new StepRequest.GiveUp()).join();
    coordinator.resetToCheckpoint(1, checkpoint);
    assertThat(awaitGivingUp(coordinator, "a")).isCompleted();

    coordinator.handleEventFromOperator(0, 1, Announcements.of(0, 2));

    assertThat(coordinator.answerTo(new StepRequest.GiveUp()).join())
        .isEqualTo(new Admission.Stopped(2));
  }

  @Test
  void stepsAreNotGivenUpBeforeAVersionIsKnown() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    CompletableFuture<CoordinationResponse> task = awaitGivingUp(coordinator, "a");

    coordinator.answerTo(new StepRequest.GiveUp()).join();

    assertThat(task).isNotDone();
  }

  /** Another process computes them again. */
  @Test
  void aCheckpointDoesNotKnowThatStepsWereGivenUp() {
    StepCoordinator before = coordinator(Double.POSITIVE_INFINITY);
    before.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    await(before, 6).join();
    before.answerTo(new StepRequest.GiveUp()).join();

    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(before));
    after.handleEventFromOperator(0, 0, Announcements.of(0, 6));

    assertThat(await(after, 6).join()).isInstanceOf(Admission.Admitted.class);
    assertThat(await(after, 7).join()).isEqualTo(new Admission.Stopped(7));
  }

  @Test
  void noStepGoesOutOnceTheBudgetIsSpent() {
    StepCoordinator coordinator = coordinator(10);
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(0, 0));
    await(coordinator, 0).join();
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(1, 9));
    await(coordinator, 1).join();
    CompletableFuture<CoordinationResponse> beyond = await(coordinator, 2);

    coordinator.handleEventFromOperator(0, 0, Announcements.billed(2, 10));

    assertThat(beyond.join()).isEqualTo(new Admission.Stopped(2));
  }

  @Test
  void noStepStartsThatTheBudgetMayNotPay() {
    StepCoordinator coordinator = coordinator(10);
    coordinator.handleEventFromOperator(0, 0, billed(1, 4, 4));
    assertThat(await(coordinator, 1).join()).isInstanceOf(Admission.Admitted.class);

    coordinator.handleEventFromOperator(0, 0, billed(2, 8, 4));
    var later = await(coordinator, 3); // asked for before the step that the budget does not pay

    assertThat(await(coordinator, 2).join()).isEqualTo(new Admission.Stopped(2));
    assertThat(later).isCompletedWithValue(new Admission.Stopped(2));
  }

  @Test
  void whatWasSpentAndInFlightAtAKillIsInTheBillOfTheNextProcess(@TempDir Path directory) {
    Budget budget =
        new Budget(
            Double.POSITIVE_INFINITY, PRICE, ONE_GIGABYTE, directory.resolve("bill").toString());
    StepCoordinator killed = coordinator(budget, cause -> {});
    killed.start();
    killed.handleEventFromOperator(0, 0, billed(1, 4, 4));
    byte[] checkpoint = checkpoint(killed);
    killed.handleEventFromOperator(0, 0, billed(2, 9, 5));
    await(killed, 2).join();
    killed.close();

    StepCoordinator next = coordinator(budget, cause -> {});
    next.resetToCheckpoint(1, checkpoint);
    next.start();
    next.handleEventFromOperator(0, 0, billed(1, 4, 4));

    Tally extra = report(next).extraCost();
    next.close();
    // 5 ms of the step that came back, and 5 for the one that did not
    assertThat(extra).isEqualTo(new Tally(0, 0, 0, 2, 0, 10));
  }

  private static Announcement billed(long version, long millis, long lastMillis) {
    return Announcements.billed(
        version, new Tally(0, 0, 0, version, 0, millis), new Tally(0, 0, 0, 1, 0, lastMillis));
  }

  @Test
  void aRunRestoredWithItsBudgetSpentStopsWhereItIs() {
    StepCoordinator coordinator = coordinator(10);
    coordinator.resetToCheckpoint(1, checkpoint(coordinator(10)));

    coordinator.handleEventFromOperator(0, 0, Announcements.billed(50, 11));

    assertThat(await(coordinator, 50).join()).isEqualTo(new Admission.Stopped(50));
  }

  @Test
  void theDecisionToStopIsInTheCheckpoint() {
    StepCoordinator before = coordinator(Double.POSITIVE_INFINITY);
    before.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    await(before, 6).join();
    before.answerTo(new StepRequest.Stop()).join();

    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(before));

    assertThat(await(after, 7).join()).isEqualTo(new Admission.Stopped(7));
    CompletableFuture<CoordinationResponse> last = await(after, 6);
    assertThat(last).isNotDone();
    after.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    assertThat(last.join()).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void stopRightAfterARestoreFinishesTheStepThatWasOut() {
    StepCoordinator before = coordinator(Double.POSITIVE_INFINITY);
    before.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    await(before, 6).join();
    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(before));

    assertThat(after.answerTo(new StepRequest.Stop()).join()).isEqualTo(new Admission.Stopped(7));
  }

  @Test
  void aRunThatWasNotStoppedGoesOnAfterARestore() {
    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(coordinator(Double.POSITIVE_INFINITY)));
    after.handleEventFromOperator(0, 0, Announcements.of(0, 6));

    assertThat(await(after, 6).join()).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aRestartWithoutACheckpointForgetsTheVersions() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 6));

    coordinator.resetToCheckpoint(-1, null);

    assertThat(await(coordinator, 6)).isNotDone();
  }

  @Test
  void aResetSubtaskMustAnnounceAgain() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    CompletableFuture<CoordinationResponse> waiting = await(coordinator, 7);

    coordinator.subtaskReset(0, 1);

    assertThat(waiting).isCompletedExceptionally();
    assertThat(await(coordinator, 6)).isNotDone();
  }

  @Test
  void everyCheckpointIsCompletedAtOnce() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    var unused = await(coordinator, 5);
    for (long id = 1; id < 4; id++) {
      CompletableFuture<byte[]> result = new CompletableFuture<>();
      coordinator.checkpointCoordinator(id, result);
      assertThat(result).isCompleted();
    }
  }

  @Test
  void closingLeavesNobodyWaiting() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    CompletableFuture<CoordinationResponse> waiting = await(coordinator, 5);

    coordinator.close();

    assertThat(waiting).isCompletedExceptionally();
  }

  @Test
  void strangersAreRefused() {
    StepCoordinator coordinator = coordinator(1);

    assertThatThrownBy(() -> coordinator.handleEventFromOperator(0, 0, new StrangeEvent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("StrangeEvent");
    assertThatThrownBy(() -> coordinator.answerTo(new StrangeRequest()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("StrangeRequest");
  }

  @Test
  void aHopelessFailureEndsTheJobForGood() {
    List<Throwable> ends = new ArrayList<>();
    StepCoordinator coordinator = coordinator(1, ends::add);

    var answer =
        coordinator.answerTo(
            new StepRequest.Fail(new SerializedThrowable(new IOException("no such data"))));

    assertThat(answer).isCompleted();
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("no such data");
  }

  @Test
  void aLateSlotIsLeftOutWhileEnoughOthersRemain() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.evaluated(3, 0));

    assertThat(leaveOut(coordinator, 3, 7)).isTrue();
    assertThat(leaveOut(coordinator, 3, 8)).isFalse();
    assertThat(leaveOut(coordinator, 3, 7)).isTrue();
    assertThat(leaveOut(coordinator, 4, 8)).isTrue();
  }

  @Test
  void verdictsAreInTheCheckpointUntilTheirRoundIsApplied() {
    StepCoordinator before = coordinator(Double.POSITIVE_INFINITY);
    assertThat(leaveOut(before, 3, 7)).isTrue();
    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(before));
    assertThat(leaveOut(after, 3, 8)).isFalse();
    assertThat(leaveOut(after, 3, 7)).isTrue();

    before.handleEventFromOperator(0, 0, Announcements.evaluated(4, 0));
    after.resetToCheckpoint(2, checkpoint(before));

    assertThat(leaveOut(after, 3, 8)).isTrue();
  }

  @Test
  void weightsThatCannotBeReadArePublishedAnewOnce() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    TestingTasks tasks = new TestingTasks();
    coordinator.executionAttemptReady(0, 0, tasks.gateway(0, 0));
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 3));
    Weights seen = ((Admission.Admitted) await(coordinator, 3).join()).weights();

    var first = republish(coordinator, 3, seen);
    var second = republish(coordinator, 3, seen);
    assertThat(first).isNotDone();
    assertThat(tasks.sent).containsExactly("0/0");
    coordinator.handleEventFromOperator(0, 0, Announcements.anew(0, 3));

    Weights anew = ((Admission.Admitted) first.join()).weights();
    assertThat(anew.version()).isEqualTo(3);
    assertThat(anew).isNotEqualTo(seen);
    assertThat(((Admission.Admitted) second.join()).weights()).isEqualTo(anew);
    assertThat(((Admission.Admitted) await(coordinator, 3).join()).weights()).isEqualTo(anew);
    assertThat(((Admission.Admitted) republish(coordinator, 3, seen).join()).weights())
        .isEqualTo(anew);
    assertThat(tasks.sent).hasSize(1);
    var third = republish(coordinator, 3, anew);
    assertThat(third).isNotDone();
    assertThat(tasks.sent).hasSize(2);
  }

  @Test
  void aTaskThatIsNotReadyYetIsToldToPublishAnewOnceItIs() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 3));
    Weights seen = ((Admission.Admitted) await(coordinator, 3).join()).weights();
    var unused = republish(coordinator, 3, seen);
    TestingTasks tasks = new TestingTasks();

    coordinator.executionAttemptReady(0, 0, tasks.gateway(0, 0));

    assertThat(tasks.sent).containsExactly("0/0");
  }

  @Test
  void whoeverFailedIsToldNothing() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    TestingTasks tasks = new TestingTasks();
    coordinator.executionAttemptReady(0, 0, tasks.gateway(0, 0));
    coordinator.executionAttemptReady(0, 1, tasks.gateway(0, 1));
    coordinator.executionAttemptFailed(0, 0, null);
    coordinator.executionAttemptReady(0, 0, tasks.gateway(0, 0));
    coordinator.handleEventFromOperator(0, 1, Announcements.of(0, 3));
    Weights seen = ((Admission.Admitted) await(coordinator, 3).join()).weights();

    var unused = republish(coordinator, 3, seen);

    assertThat(tasks.sent).containsExactly("0/1");
  }

  @Test
  void whatAnEarlierAttemptTellsIsIgnored() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 5));
    coordinator.subtaskReset(0, 1);
    coordinator.executionAttemptReady(0, 1, new TestingTasks().gateway(0, 1));

    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 9));

    assertThat(await(coordinator, 9)).isNotDone();
    coordinator.handleEventFromOperator(0, 1, Announcements.of(0, 4));
    assertThat(((Admission.Admitted) await(coordinator, 4).join()).weights().version())
        .isEqualTo(4);
  }

  @Test
  void whatAFailureThrewAwayIsAddedUp() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(4, 90));
    byte[] checkpoint = checkpoint(coordinator);
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(7, 160));
    coordinator.resetToCheckpoint(1, checkpoint);
    assertThat(report(coordinator).extraCost().billedMillis()).isZero();

    coordinator.handleEventFromOperator(0, 1, Announcements.billed(4, 90));
    coordinator.handleEventFromOperator(0, 1, Announcements.billed(5, 110));
    coordinator.subtaskReset(0, 1);
    coordinator.handleEventFromOperator(0, 2, Announcements.billed(4, 90));

    assertThat(report(coordinator).extraCost().billedMillis()).isEqualTo(70 + 20);
    assertThat(report(coordinator).totals().billedMillis()).isEqualTo(90);
    assertThat(report(coordinator).spent().billedMillis()).isEqualTo(180);
    StepCoordinator later = coordinator(Double.POSITIVE_INFINITY);
    later.resetToCheckpoint(2, checkpoint(coordinator));
    assertThat(report(later).extraCost().billedMillis()).isEqualTo(90);
    coordinator.resetToCheckpoint(1, checkpoint);
    assertThat(report(coordinator).extraCost().billedMillis()).isEqualTo(90);
  }

  @Test
  void whatIsPaidBesideRoundsCountsToo() {
    StepCoordinator coordinator = coordinator(100);
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(3, 30));

    var answer = coordinator.answerTo(new StepRequest.Charge(ExtraCost.cost(2, 1, 65)));

    assertThat(answer).isCompletedWithValueMatching(p -> ((Progress) p).version() == 3);
    assertThat(report(coordinator).extraCost()).isEqualTo(ExtraCost.cost(2, 1, 65));
    assertThat(report(coordinator).totals().billedMillis()).isEqualTo(30);
    assertThat(await(coordinator, 3).join()).isInstanceOf(Admission.Admitted.class);
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(4, 36));
    assertThat(await(coordinator, 4).join()).isInstanceOf(Admission.Stopped.class);
  }

  @Test
  void whatAFailureThrewAwayIsPaidFromTheBudgetToo() {
    StepCoordinator coordinator = coordinator(100);
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(5, 60));
    coordinator.resetToCheckpoint(-1, null);
    coordinator.handleEventFromOperator(0, 1, Announcements.billed(0, 0));
    coordinator.handleEventFromOperator(0, 1, Announcements.billed(3, 39));
    assertThat(await(coordinator, 3).join()).isInstanceOf(Admission.Admitted.class);

    coordinator.handleEventFromOperator(0, 1, Announcements.billed(4, 40));

    assertThat(await(coordinator, 99).join()).isInstanceOf(Admission.Stopped.class);
  }

  @Test
  void aRunThatStallsStartsAgainAndIsNotEndedForGood() {
    List<Throwable> failures = new ArrayList<>();
    StepCoordinator coordinator = coordinator(1, failures::add);
    coordinator.handleEventFromOperator(0, 0, Announcements.evaluated(3, 0));
    var unused = await(coordinator, 3);
    nanos += Duration.ofSeconds(59).toNanos();
    coordinator.checkForStall();
    assertThat(failures).isEmpty();

    nanos += Duration.ofSeconds(1).toNanos();
    coordinator.checkForStall();

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0))
        .isNotInstanceOf(SuppressRestartsException.class)
        .hasMessageStartingWith(
            "the run stalls: version 3 is complete, 1 rounds are out and 0 more are awaited");
    coordinator.resetToCheckpoint(1, checkpoint(coordinator));
    var again = await(coordinator, 3);
    nanos += Duration.ofSeconds(59).toNanos();
    coordinator.checkForStall();
    assertThat(failures).hasSize(1);
    assertThat(again).isNotDone();
  }

  @Test
  void aRunThatStandsStillDoesNotStall() {
    List<Throwable> failures = new ArrayList<>();
    StepCoordinator coordinator = coordinator(1, failures::add);
    coordinator.handleEventFromOperator(0, 0, Announcements.evaluated(3, 0));
    await(coordinator, 3).join();
    CompletableFuture<CoordinationResponse> pause = pause(coordinator);
    var next = await(coordinator, 4);
    nanos += Duration.ofMinutes(1).toNanos();
    coordinator.checkForStall();
    assertThat(failures).hasSize(1); // a step is out

    coordinator.handleEventFromOperator(0, 0, Announcements.evaluated(4, 0));
    assertThat(pause.join()).isEqualTo(new PauseAnswer.Paused(4));
    nanos += Duration.ofHours(5).toNanos();
    coordinator.checkForStall();

    assertThat(failures).hasSize(1);
    TestingTasks tasks = new TestingTasks();
    coordinator.executionAttemptReady(0, 0, tasks.gateway(0, 0));
    coordinator.answerTo(new StepRequest.Resume()).join();
    assertThat(tasks.sent).containsExactly("held up 0/0");
    assertThat(next.join()).isInstanceOf(Admission.Admitted.class);
    nanos += Duration.ofSeconds(59).toNanos();
    coordinator.checkForStall();
    assertThat(failures).hasSize(1);
    nanos += Duration.ofSeconds(1).toNanos();
    coordinator.checkForStall();
    assertThat(failures).hasSize(2);
  }

  @Test
  void aPauseIsNoPartOfACheckpoint() {
    StepCoordinator before = coordinator(1);
    before.handleEventFromOperator(0, 0, Announcements.evaluated(3, 0));
    assertThat(pause(before).join()).isEqualTo(new PauseAnswer.Paused(3));
    StepCoordinator after = coordinator(1);

    after.resetToCheckpoint(1, checkpoint(before));
    after.handleEventFromOperator(0, 0, Announcements.evaluated(3, 0));

    assertThat(after.answerTo(new StepRequest.IsPaused()).join())
        .isEqualTo(new PauseAnswer.Running());
    assertThat(await(after, 3).join()).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aStopEndsAPause() {
    StepCoordinator coordinator = coordinator(1);
    coordinator.handleEventFromOperator(0, 0, Announcements.evaluated(3, 0));
    await(coordinator, 3).join();
    CompletableFuture<CoordinationResponse> pause = pause(coordinator);
    CompletableFuture<CoordinationResponse> next = await(coordinator, 4);

    coordinator.answerTo(new StepRequest.Stop()).join();

    assertThat(pause.join()).isEqualTo(new PauseAnswer.Running());
    assertThat(next.join()).isEqualTo(new Admission.Stopped(4));
    assertThat(pause(coordinator).join()).isEqualTo(new PauseAnswer.Running());
  }

  @Test
  void aRunThatIsDoneDoesNotStall() {
    List<Throwable> failures = new ArrayList<>();
    StepCoordinator coordinator = coordinator(1, failures::add);
    coordinator.handleEventFromOperator(0, 0, Announcements.evaluated(3, 0));
    await(coordinator, 3).join();
    var beyond = await(coordinator, 4);
    coordinator.answerTo(new StepRequest.Stop()).join();
    assertThat(beyond).isDone();
    coordinator.handleEventFromOperator(0, 0, Announcements.evaluated(4, 0));

    nanos += Duration.ofHours(5).toNanos();
    coordinator.checkForStall();

    assertThat(failures).isEmpty();
  }

  @Test
  void stateOfAnotherFormatIsRefused() {
    byte[] checkpoint = checkpoint(coordinator(1));
    checkpoint[3] = 9;

    assertThatThrownBy(() -> coordinator(1).resetToCheckpoint(1, checkpoint))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the coordinator's state has version 9, this side reads up to 2");
  }

  private static boolean leaveOut(StepCoordinator coordinator, long step, int slot) {
    var answer = coordinator.answerTo(new StepRequest.LeaveOut(Round.training(step), slot));
    return ((StepRequest.Verdict) answer.join()).granted();
  }

  private static CompletableFuture<CoordinationResponse> republish(
      StepCoordinator coordinator, long step, Weights seen) {
    return coordinator.answerTo(new StepRequest.Republish(Round.training(step), seen));
  }

  private static CompletableFuture<CoordinationResponse> awaitGivingUp(
      StepCoordinator coordinator, String task) {
    return coordinator.answerTo(new StepRequest.AwaitGivingUp(task));
  }

  private static CompletableFuture<CoordinationResponse> pause(StepCoordinator coordinator) {
    return coordinator.answerTo(new StepRequest.Pause(100));
  }

  private static Progress report(StepCoordinator coordinator) {
    return (Progress) coordinator.answerTo(new StepRequest.Report()).join();
  }

  private record StrangeEvent() implements OperatorEvent {
    private static final long serialVersionUID = 1L;
  }

  private record StrangeRequest() implements CoordinationRequest {
    private static final long serialVersionUID = 1L;
  }

  private StepCoordinator coordinator(double dollars) {
    return coordinator(
        dollars,
        cause -> {
          throw new AssertionError("nobody asked for the end of the job", cause);
        });
  }

  private StepCoordinator coordinator(double dollars, Consumer<Throwable> failJob) {
    return coordinator(new Budget(dollars, PRICE, ONE_GIGABYTE), failJob);
  }

  private StepCoordinator coordinator(Budget budget, Consumer<Throwable> failJob) {
    return new StepCoordinator(
        new CoordinationSettings(
            1,
            new StepPolicy(0, new StepPolicy.Tolerance(1, 0), budget, Duration.ofMinutes(1)),
            EvaluationSchedule.NEVER),
        failJob,
        () -> nanos);
  }

  private static CompletableFuture<CoordinationResponse> await(
      StepCoordinator coordinator, long step) {
    return coordinator.answerTo(new StepRequest.Await(Round.training(step)));
  }

  private static byte[] checkpoint(StepCoordinator coordinator) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    coordinator.checkpointCoordinator(1, result);
    return result.join();
  }
}
