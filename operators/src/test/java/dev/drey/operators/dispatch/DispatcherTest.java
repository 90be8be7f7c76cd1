package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Round;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException.Blame;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.alarm.ManualAlarms;
import dev.drey.operators.coordination.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class DispatcherTest {

  private static final Attempts THREE = Dispatching.attempts(3);
  private static final Attempts ONE = Dispatching.attempts(1);

  private final Dispatching around = new Dispatching(1);

  @Test
  void aSlotThatIsGivenUpHasNoSumAndSendsNothingMore() throws Exception {
    CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    TestingWorker worker = new TestingWorker(request -> answer);
    Dispatcher dispatcher = dispatcher(worker, THREE);
    var sum = dispatcher.dispatch(Runs.training(4, 2));

    dispatcher.giveUp();

    assertThat(sum).isCompletedWithValue(Optional.empty());
    answer.completeExceptionally(TestingWorker.failure(Kind.CRASHED, TestingWorker.BILL));
    around.alarms.ringUntil(() -> false);
    assertThat(worker.requests()).hasSize(1);
    assertThat(around.freePermits()).isOne();
  }

  @Test
  void callsInFlightWhenTheTaskClosesArePaid() {
    TestingWorker worker = new TestingWorker(request -> new CompletableFuture<>());
    Dispatcher dispatcher = dispatcher(worker, THREE);
    var unused = dispatcher.dispatch(Runs.training(4, 2));
    around.alarms.pass(Duration.ofMillis(70));

    dispatcher.close();

    assertThat(around.gate.paid).containsExactly(new Tally(0, 0, 0, 1, 0, 70));
  }

  @Test
  void nothingIsSentOnceSlotsAreGivenUp() {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);
    Dispatcher dispatcher = dispatcher(worker, THREE);
    dispatcher.giveUp();

    assertThat(dispatcher.dispatch(Runs.training(4, 2))).isCompletedWithValue(Optional.empty());

    assertThat(worker.requests()).isEmpty();
  }

  @Test
  void aWorkersAnswerBecomesTheSlotsSum() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(sum.round()).isEqualTo(Round.training(4));
    assertThat(sum.slots()).isEqualTo(new Range(2, 3));
    assertThat(sum.parameters()).isEqualTo(new Range(0, 3));
    assertThat(sum.values().toArray()).containsExactly(1, 2, 3);
    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 1, 0, 40));
    WorkRequest request = worker.requests().get(0);
    assertThat(request.id())
        .isEqualTo(new WorkRequest.Id("a-run", "start-1", Work.Kind.GRADIENT, 4, 2, 1));
    assertThat(request.lease())
        .isEqualTo(ManualAlarms.START.plus(Dispatching.TIMEOUT).toEpochMilli());
    assertThat(request.weights().version()).isOne();
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void anEvaluationHasATallyAndNoGradient() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.evaluation(4, 1)));

    assertThat(sum.round()).isEqualTo(Round.evaluation(4));
    assertThat(sum.parameters()).isEqualTo(new Range(0, 0));
    assertThat(sum.values().length()).isZero();
    assertThat(sum.tally().correct()).isEqualTo(3);
  }

  @Test
  void whatIsReplayedCostsAndCountsButIsNoTest() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(replay()));

    assertThat(sum.tally()).isEqualTo(new Tally(0, 0, 0, 1, 0, 40, 0, 5));
    assertThat(sum.values().toArray()).containsExactly(1, 2, 3);
  }

  /** It was counted, or dropped, when it was new: no example has two fates. */
  @Test
  void whatFailsInAReplayIsNotDroppedOnceMore() throws Exception {
    TestingWorker worker =
        new TestingWorker(TestingWorker.failing(Kind.BAD_DATA, new Bill(40, false)));

    PartialSum sum = get(dispatcher(worker, ONE).dispatch(replay()));

    assertThat(sum.dropped()).isEmpty();
    assertThat(sum.tally().inSum()).isZero();
    assertThat(sum.tally().billedMillis()).isPositive();
  }

  private static StreamBatch replay() {
    List<PlacedExample> examples =
        IntStream.range(0, 5)
            .mapToObj(
                offset ->
                    new PlacedExample(
                        new Position("p0", offset), new Example(new float[2], new float[1], false)))
            .toList();
    return new StreamBatch(Round.training(4), 1, examples, Intake.NONE, true);
  }

  @Test
  void nothingIsSentBeforeTheRoundMayGoOut() throws Exception {
    TestingGate closed = TestingGate.closed();
    TestingWorker worker = new TestingWorker(TestingWorker::answer);
    Dispatcher dispatcher = new Dispatching(1, closed).dispatcher(worker, THREE);
    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(4, 0));
    assertThat(worker.requests()).isEmpty();
    assertThat(permitIsFree()).isTrue();

    closed.answers.get(0).complete(TestingGate.admitted(4));

    assertThat(get(sum).slots()).isEqualTo(new Range(0, 1));
    assertThat(worker.requests().get(0).weights().version()).isEqualTo(4);
  }

  static Stream<Kind> retryable() {
    return Arrays.stream(Kind.values()).filter(kind -> kind.retryable() && kind != Kind.THROTTLED);
  }

  @ParameterizedTest
  @MethodSource("retryable")
  void whatMayPassIsTriedAgain(Kind kind) throws Exception {
    TestingWorker worker =
        new TestingWorker(
            TestingWorker::answer,
            TestingWorker.failing(kind, new Bill(7, true)),
            TestingWorker.failing(kind, new Bill(5, false)));

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 3, 1, 52));
    assertThat(sum.dropped()).isEmpty();
    assertThat(worker.requests()).extracting(r -> r.id().attempt()).containsExactly(1, 2, 3);
    assertThat(permitIsFree()).isTrue();
    assertThat(around.alarms.pending()).isZero();
  }

  @Test
  void anotherAttemptTakesTheWeightsThatThereAreThen() throws Exception {
    TestingWorker worker =
        new TestingWorker(TestingWorker::answer, TestingWorker.failing(Kind.REFUSED, Bill.NOTHING));

    get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(worker.requests()).extracting(r -> r.weights().version()).containsExactly(1L, 2L);
  }

  @Test
  void weightsThatAreRefusedTwiceArePublishedAnew() throws Exception {
    TestingWorker.Behaviour refuse = TestingWorker.failing(Kind.REFUSED, Bill.NOTHING);
    TestingWorker worker = new TestingWorker(TestingWorker::answer, refuse, refuse, refuse, refuse);
    around.gate.version = OptionalLong.of(3);

    get(dispatcher(worker, ONE).dispatch(Runs.training(4, 2)));

    assertThat(worker.requests())
        .extracting(r -> r.weights().version())
        .containsExactly(3L, 3L, 103L, 103L, 203L);
    assertThat(around.gate.unreadable)
        .extracting(weights -> weights.version())
        .containsExactly(3L, 103L);
  }

  static Stream<Kind> ofTheService() {
    return Arrays.stream(Kind.values()).filter(kind -> kind.blame() == Blame.SERVICE);
  }

  @ParameterizedTest
  @MethodSource("ofTheService")
  void whatTheServiceIsToBlameForIsTriedUntilTheDeadline(Kind kind) {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(kind, Bill.NOTHING));

    CompletableFuture<Optional<PartialSum>> sum =
        dispatcher(worker, ONE).dispatch(Runs.training(4, 2));

    assertThatThrownBy(() -> around.settle(sum))
        .hasCauseInstanceOf(SlotFailedException.class)
        .hasMessageContaining("step 4, slot 2 (5 examples)")
        .hasMessageContaining(
            "was not computed within 600.0 s, " + worker.requests().size() + " attempts")
        .hasMessageContaining("the last failure: " + kind + ", as the test says")
        .hasMessageContaining("the quorum does not allow");
    assertThat(around.alarms.passed()).isEqualTo(Dispatching.DEADLINE);
    assertThat(worker.requests()).hasSizeBetween(120, 300); // 2.5 to 5 s between them
    assertThat(around.gate.late).containsExactly(2);
    assertThat(permitIsFree()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REJECTED", "BAD_CALL"})
  void whatWillNotPassIsNotTriedAgain(Kind kind) {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(kind, Bill.NOTHING));

    CompletableFuture<Optional<PartialSum>> sum =
        dispatcher(worker, THREE).dispatch(Runs.training(4, 2));

    assertThatThrownBy(() -> around.settle(sum))
        .hasCauseInstanceOf(SlotFailedException.class)
        .hasMessageContaining("failed after 1 attempt: " + kind);
    assertThat(worker.requests()).hasSize(1);
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void throttledAttemptsNeitherCountNorCost() throws Exception {
    TestingWorker.Behaviour throttle = TestingWorker.failing(Kind.THROTTLED, Bill.NOTHING);
    TestingWorker worker =
        new TestingWorker(
            TestingWorker::answer, throttle, throttle, throttle, throttle, throttle, throttle);

    PartialSum sum = get(dispatcher(worker, ONE).dispatch(Runs.training(4, 2)));

    assertThat(worker.requests()).hasSize(7);
    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 1, 0, 40));
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyMiniBatchNeedsNoWorker(Round.Kind kind) throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.empty(new Round(kind, 4), 2)));

    assertThat(worker.requests()).isEmpty();
    assertThat(sum.tally()).isEqualTo(Tally.ZERO);
    assertThat(sum.values().toArray())
        .isEqualTo(kind == Round.Kind.TRAINING ? new float[3] : new float[0]);
    assertThat(around.gate.questions).containsExactly(new Round(kind, 4));
  }

  @Test
  void aRunThatStopsGivesNothing() throws Exception {
    TestingGate closed = TestingGate.closed();
    TestingWorker worker = new TestingWorker(TestingWorker::answer);
    Dispatcher dispatcher = new Dispatching(1, closed).dispatcher(worker, THREE);
    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(4, 0));
    CompletableFuture<Optional<PartialSum>> empty =
        dispatcher.dispatch(Runs.empty(Round.training(4), 1));

    closed.answers.get(0).complete(new Admission.Stopped(4));

    assertThat(around.settle(sum)).isEmpty();
    assertThat(around.settle(empty)).isEmpty();
    assertThat(worker.requests()).isEmpty();
  }

  @Test
  void aGateThatFailsFailsTheSlot() {
    TestingGate closed = TestingGate.closed();
    Dispatcher dispatcher =
        new Dispatching(1, closed).dispatcher(new TestingWorker(TestingWorker::answer), THREE);
    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(4, 0));

    closed.answers.get(0).completeExceptionally(new IllegalStateException("restarted"));

    assertThatThrownBy(() -> around.settle(sum)).hasRootCauseMessage("restarted");
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void aWorkerThatThrowsIsTriedAgain() throws Exception {
    TestingWorker worker =
        new TestingWorker(
            TestingWorker::answer,
            request -> {
              throw new IllegalStateException("closed");
            });

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(sum.tally().invocations()).isEqualTo(2);
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void anErrorOfTheClientGivesThePermitBackToo() {
    TestingWorker worker =
        new TestingWorker(
            request -> {
              throw new NoClassDefFoundError("somewhere/Client");
            });
    Dispatcher dispatcher = dispatcher(worker, THREE);
    List<CompletableFuture<Optional<PartialSum>>> sums = new ArrayList<>();
    around.permits.acquire(() -> {});
    for (int slot = 0; slot < 3; slot++) {
      sums.add(dispatcher.dispatch(Runs.training(4, slot)));
    }

    around.permits.release();

    for (CompletableFuture<Optional<PartialSum>> sum : sums) {
      assertThatThrownBy(() -> around.settle(sum))
          .hasRootCauseInstanceOf(NoClassDefFoundError.class)
          .hasMessageContaining("failed after 1 attempt: BAD_CALL");
    }
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void anAnswerOfTheWrongLengthIsABadAnswerAndIsPaidFor() throws Exception {
    TestingWorker worker =
        new TestingWorker(
            TestingWorker::answer,
            request -> CompletableFuture.completedFuture(TestingWorker.result(request, 1, 2)));

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 2, 0, 80));
  }

  @Test
  void aWorkerThatNeverAnswersTimesOutAndIsBilledUntilThen() throws Exception {
    CompletableFuture<WorkResult> never = new CompletableFuture<>();
    TestingWorker worker = new TestingWorker(TestingWorker::answer, request -> never);
    CompletableFuture<Optional<PartialSum>> sum =
        dispatcher(worker, Dispatching.attempts(2)).dispatch(Runs.training(4, 2));

    around.alarms.pass(Dispatching.TIMEOUT.plus(Dispatching.GRACE).minusMillis(1));
    assertThat(never).isNotDone();
    around.alarms.pass(Duration.ofMillis(1));

    assertThat(never).isCancelled();
    assertThat(get(sum).tally()).isEqualTo(new Tally(5, 2.5, 3, 2, 0, 20_040));
    assertThat(worker.requests()).hasSize(2);
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void whatTheServiceBillsForATimeoutIsBelieved() throws Exception {
    TestingWorker worker =
        new TestingWorker(
            TestingWorker::answer, TestingWorker.failing(Kind.TIMED_OUT, new Bill(6, true)));

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 2, 1, 46));
  }

  @Test
  void anAttemptThatBeginsLateEndsWithTheSlot() {
    List<CompletableFuture<WorkResult>> answers = new ArrayList<>();
    TestingWorker worker =
        new TestingWorker(
            request -> {
              answers.add(new CompletableFuture<>());
              return answers.get(answers.size() - 1);
            });
    around.permits.acquire(() -> {});
    CompletableFuture<Optional<PartialSum>> sum =
        dispatcher(worker, THREE).dispatch(Runs.training(4, 2));
    around.alarms.pass(Dispatching.DEADLINE.minusSeconds(3));

    around.permits.release();

    assertThat(worker.requests().get(0).lease())
        .isEqualTo(ManualAlarms.START.plus(Dispatching.DEADLINE).toEpochMilli());
    assertThatThrownBy(() -> around.settle(sum)).hasCauseInstanceOf(SlotFailedException.class);
    around.alarms.pass(Duration.ZERO);
    assertThat(answers.get(0)).isCancelled();
    assertThat(worker.requests()).hasSize(1);
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void whoIsInLineAtTheDeadlineIsNotSentAnyMore() {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);
    around.permits.acquire(() -> {});
    CompletableFuture<Optional<PartialSum>> sum =
        dispatcher(worker, THREE).dispatch(Runs.training(4, 2));

    assertThatThrownBy(() -> around.settle(sum))
        .hasMessageContaining("was not computed within 600.0 s, 0 attempts;");
    around.permits.release();

    assertThat(worker.requests()).isEmpty();
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void aQuorumLeavesALateSlotOut() throws Exception {
    TestingWorker worker =
        new TestingWorker(TestingWorker.failing(Kind.UNAVAILABLE, new Bill(2, false)));
    around.gate.quorum = CompletableFuture.completedFuture(true);
    around.gate.owed.add(owed(1, 2, 30, 31));

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    String message =
        "step 4, slot 2 (7 examples) was not computed within 600.0 s,"
            + (" " + worker.requests().size() + " attempts")
            + ", the last failure: UNAVAILABLE, as the test says";
    Round round = Round.training(4);
    assertThat(sum.dropped())
        .containsExactly(
            new Dropped(DropReason.LATE, round, 2, new int[] {4, 5, 6, 7, 8}, message),
            new Dropped(DropReason.LATE, Round.training(1), 2, new int[] {30, 31}, message));
    assertThat(sum.values().toArray()).containsExactly(0, 0, 0);
    long invocations = worker.requests().size();
    assertThat(sum.tally()).isEqualTo(new Tally(0, 0, 0, invocations, 0, 2 * invocations));
  }

  @Test
  void anEvaluationCanBeLeftOutToo() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(Kind.THROTTLED, Bill.NOTHING));
    around.gate.quorum = CompletableFuture.completedFuture(true);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.evaluation(4, 1)));

    assertThat(sum.parameters()).isEqualTo(new Range(0, 0));
    assertThat(sum.dropped()).hasSize(1).noneMatch(Dropped::ofTraining);
  }

  @Test
  void anAnswerAfterTheQuorumIsIgnoredAndItsBillIsNot() throws Exception {
    CompletableFuture<WorkResult> slow = new CompletableFuture<>();
    TestingWorker worker = new TestingWorker(TestingWorker::answer, request -> slow);
    CompletableFuture<Boolean> quorum = new CompletableFuture<>();
    around.gate.quorum = quorum;
    Attempts patient =
        new Attempts(
            3,
            new Attempts.Deadlines(
                Duration.ofSeconds(9), Duration.ofSeconds(2), Duration.ofSeconds(10)),
            THREE.backoff(),
            null);
    Dispatcher dispatcher = dispatcher(worker, patient);
    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(4, 2));
    around.alarms.ringUntil(() -> !around.gate.late.isEmpty());

    slow.complete(TestingWorker.result(worker.requests().get(0), 9, 9, 9));
    quorum.complete(true);

    assertThat(get(sum).values().toArray()).containsExactly(0, 0, 0);
    assertThat(get(sum).tally()).isEqualTo(new Tally(0, 0, 0, 1, 0, 40));
  }

  @Test
  void aVerdictThatNeverComesFailsTheSlotAsTheGateFails() {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(Kind.THROTTLED, Bill.NOTHING));
    around.gate.quorum = CompletableFuture.failedFuture(new IllegalStateException("restarted"));

    CompletableFuture<Optional<PartialSum>> sum =
        dispatcher(worker, THREE).dispatch(Runs.training(4, 2));

    assertThatThrownBy(() -> around.settle(sum))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("restarted");
  }

  @Test
  void owedExamplesAreComputedTogetherWithTheSlotsOwn() throws Exception {
    TestingWorker worker =
        new TestingWorker(request -> CompletableFuture.completedFuture(TestingWorker.of(request)));
    around.gate.owed.add(owed(1, 2, 30, 31));
    around.gate.owed.add(owed(1, 0, 50));
    around.gate.owed.add(owed(2, 2, 4));

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(TestingWorker.rows(worker.requests().get(0)))
        .containsExactly(4, 5, 6, 7, 8, 30, 31, 4);
    assertThat(sum.tally().examples()).isEqualTo(8);
    assertThat(sum.dropped()).isEmpty();
  }

  @Test
  void aMiniBatchWithoutRowsOfItsOwnStillPaysWhatIsOwed() throws Exception {
    TestingWorker worker =
        new TestingWorker(request -> CompletableFuture.completedFuture(TestingWorker.of(request)));
    around.gate.owed.add(owed(1, 2, 30, 31));

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.empty(Round.training(4), 2)));

    assertThat(TestingWorker.rows(worker.requests().get(0))).containsExactly(30, 31);
    assertThat(sum.tally().examples()).isEqualTo(2);
  }

  @Test
  void closingGivesUpAllThatWaits() throws Exception {
    CompletableFuture<WorkResult> running = new CompletableFuture<>();
    TestingWorker worker = new TestingWorker(request -> running);
    TestingGate closed = TestingGate.closed();
    Dispatching gated = new Dispatching(1, closed);
    Dispatcher dispatcher = gated.dispatcher(worker, THREE);
    List<CompletableFuture<Optional<PartialSum>>> sums = new ArrayList<>();
    for (int step = 4; step < 7; step++) {
      sums.add(dispatcher.dispatch(Runs.training(step, 2)));
    }
    closed.answers.get(0).complete(TestingGate.admitted(4)); // is sent
    closed.answers.get(1).complete(TestingGate.admitted(4)); // waits in line
    assertThat(worker.requests()).hasSize(1);

    dispatcher.close();
    running.complete(TestingWorker.result(worker.requests().get(0), 1, 2, 3));
    closed.answers.get(2).complete(TestingGate.admitted(6));

    assertThat(sums)
        .allSatisfy(sum -> assertThatThrownBy(sum::join).isInstanceOf(CancellationException.class));
    gated.alarms.ringUntil(() -> false);
    assertThat(worker.requests()).hasSize(1);
  }

  @Test
  void permitsBoundWhatIsInFlight() throws Exception {
    List<CompletableFuture<WorkResult>> answers = new ArrayList<>();
    TestingWorker worker =
        new TestingWorker(
            request -> {
              answers.add(new CompletableFuture<>());
              return answers.get(answers.size() - 1);
            });
    Dispatcher dispatcher = dispatcher(worker, THREE);
    List<CompletableFuture<Optional<PartialSum>>> sums = new ArrayList<>();
    for (int slot = 0; slot < 4; slot++) {
      sums.add(dispatcher.dispatch(Runs.training(4, slot)));
    }

    for (int slot = 0; slot < 4; slot++) {
      assertThat(worker.requests()).hasSize(slot + 1);
      assertThat(around.permits.waiting()).isEqualTo(3 - slot);
      answers.get(slot).complete(TestingWorker.result(worker.requests().get(slot), 0, 0, slot));
    }

    for (int slot = 0; slot < 4; slot++) {
      PartialSum sum = get(sums.get(slot));
      assertThat(sum.slots()).isEqualTo(new Range(slot, slot + 1));
      assertThat(sum.values().get(2)).isEqualTo(slot);
    }
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void aLongLineThatFailsAtOnceNeedsNoDeepStack() {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(Kind.BAD_CALL, Bill.NOTHING));
    Dispatcher dispatcher = dispatcher(worker, THREE);
    around.permits.acquire(() -> {});
    List<CompletableFuture<Optional<PartialSum>>> sums = new ArrayList<>();
    for (int slot = 0; slot < 5_000; slot++) {
      sums.add(dispatcher.dispatch(Runs.training(4, slot)));
    }

    around.permits.release();

    assertThat(sums).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(worker.requests()).hasSize(5_000);
  }

  private Dispatcher dispatcher(TestingWorker worker, Attempts attempts) {
    return around.dispatcher(worker, attempts);
  }

  private PartialSum get(CompletableFuture<Optional<PartialSum>> sum) throws Exception {
    return around.get(sum);
  }

  private boolean permitIsFree() {
    return around.freePermits() == 1;
  }

  private static Dropped owed(long step, int slot, int... rows) {
    return new Dropped(DropReason.LATE, Round.training(step), slot, rows, "late");
  }
}
