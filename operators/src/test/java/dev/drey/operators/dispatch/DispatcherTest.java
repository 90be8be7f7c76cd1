package dev.drey.operators.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.PartialSum.Round;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.Task;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.coordination.Admission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class DispatcherTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Attempts THREE = attempts(3, DEADLINE);

  private final TestingGate gate = TestingGate.open();
  private final Permits permits = new Permits(1);

  @Test
  void aWorkersAnswerBecomesTheSlotsSum() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(sum.round()).isEqualTo(new Round(Task.GRADIENT, 4));
    assertThat(sum.slots()).isEqualTo(new Range(2, 3));
    assertThat(sum.parameters()).isEqualTo(new Range(0, 3));
    assertThat(sum.values().toArray()).containsExactly(1, 2, 3);
    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 1, 0, 40));
    WorkRequest request = worker.requests().get(0);
    assertThat(request.id())
        .isEqualTo(new WorkRequest.Id("a-run", "start-1", Task.GRADIENT, 4, 2, 1));
    assertThat(request.lease()).isEqualTo(NOW.plus(DEADLINE).toEpochMilli());
    assertThat(request.weights().version()).isOne();
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void anEvaluationHasATallyAndNoGradient() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.evaluation(4, 1)));

    assertThat(sum.round()).isEqualTo(new Round(Task.EVALUATION, 4));
    assertThat(sum.parameters()).isEqualTo(new Range(0, 0));
    assertThat(sum.values().length()).isZero();
    assertThat(sum.tally().correct()).isEqualTo(3);
  }

  @Test
  void nothingIsSentBeforeTheRoundMayGoOut() throws Exception {
    TestingGate closed = TestingGate.closed();
    TestingWorker worker = new TestingWorker(TestingWorker::answer);
    Dispatcher dispatcher = dispatcher(worker, THREE, new SharedGate(closed));
    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(4, 0));
    assertThat(worker.requests()).isEmpty();
    assertThat(permitIsFree()).isTrue();

    closed.answers.get(0).complete(TestingGate.admitted(4));

    assertThat(get(sum).slots()).isEqualTo(new Range(0, 1));
    assertThat(worker.requests().get(0).weights().version()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REJECTED", "BAD_CALL", "THROTTLED"})
  void whatMayPassIsTriedAgain(Kind kind) throws Exception {
    TestingWorker worker =
        new TestingWorker(
            TestingWorker::answer,
            TestingWorker.failing(kind, new Bill(7, true)),
            TestingWorker.failing(kind, new Bill(5, false)));

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 3, 1, 52));
    assertThat(worker.requests()).extracting(r -> r.id().attempt()).containsExactly(1, 2, 3);
    assertThat(permitIsFree()).isTrue();
  }

  @Test
  void anotherAttemptTakesTheWeightsThatThereAreThen() throws Exception {
    TestingWorker worker =
        new TestingWorker(TestingWorker::answer, TestingWorker.failing(Kind.REFUSED, Bill.NOTHING));

    get(dispatcher(worker, THREE).dispatch(Runs.training(4, 2)));

    assertThat(worker.requests()).extracting(r -> r.weights().version()).containsExactly(1L, 2L);
  }

  @Test
  void aSlotFailsAfterTheLastAttempt() {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(Kind.CRASHED, Bill.NOTHING));

    CompletableFuture<Optional<PartialSum>> sum =
        dispatcher(worker, THREE).dispatch(Runs.training(4, 2));

    assertThatThrownBy(() -> sum.get(20, SECONDS))
        .hasCauseInstanceOf(SlotFailedException.class)
        .hasMessageContaining("step=4, slot=2")
        .hasMessageContaining("failed after 3 attempts: CRASHED, as the test says");
    assertThat(worker.requests()).hasSize(3);
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

    assertThatThrownBy(() -> sum.get(20, SECONDS))
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

    PartialSum sum = get(dispatcher(worker, attempts(1, DEADLINE)).dispatch(Runs.training(4, 2)));

    assertThat(worker.requests()).hasSize(7);
    assertThat(sum.tally()).isEqualTo(new Tally(5, 2.5, 3, 1, 0, 40));
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"GRADIENT", "EVALUATION"})
  void anEmptyMiniBatchNeedsNoWorker(Task task) throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    PartialSum sum = get(dispatcher(worker, THREE).dispatch(Runs.empty(task, 4, 2)));

    assertThat(worker.requests()).isEmpty();
    assertThat(sum.tally()).isEqualTo(Tally.ZERO);
    assertThat(sum.values().toArray())
        .isEqualTo(task == Task.GRADIENT ? new float[3] : new float[0]);
    assertThat(gate.questions).containsExactly(new Round(task, 4));
  }

  @Test
  void aRunThatStopsGivesNothing() throws Exception {
    TestingGate closed = TestingGate.closed();
    TestingWorker worker = new TestingWorker(TestingWorker::answer);
    Dispatcher dispatcher = dispatcher(worker, THREE, new SharedGate(closed));
    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(4, 0));
    CompletableFuture<Optional<PartialSum>> empty =
        dispatcher.dispatch(Runs.empty(Task.GRADIENT, 4, 1));

    closed.answers.get(0).complete(new Admission.Stopped(4));

    assertThat(sum.get(20, SECONDS)).isEmpty();
    assertThat(empty.get(20, SECONDS)).isEmpty();
    assertThat(worker.requests()).isEmpty();
  }

  @Test
  void aGateThatFailsFailsTheSlot() {
    TestingGate closed = TestingGate.closed();
    Dispatcher dispatcher =
        dispatcher(new TestingWorker(TestingWorker::answer), THREE, new SharedGate(closed));
    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(4, 0));

    closed.answers.get(0).completeExceptionally(new IllegalStateException("restarted"));

    assertThatThrownBy(() -> sum.get(20, SECONDS)).hasRootCauseMessage("restarted");
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
    Dispatcher dispatcher = dispatcher(worker, attempts(1, DEADLINE));
    List<CompletableFuture<Optional<PartialSum>>> sums = new ArrayList<>();
    permits.acquire(() -> {});
    for (int slot = 0; slot < 3; slot++) {
      sums.add(dispatcher.dispatch(Runs.training(4, slot)));
    }

    permits.release();

    for (CompletableFuture<Optional<PartialSum>> sum : sums) {
      assertThatThrownBy(() -> sum.get(20, SECONDS))
          .hasRootCauseInstanceOf(NoClassDefFoundError.class);
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
    assertThatThrownBy(
            () ->
                dispatcher(
                        new TestingWorker(
                            request ->
                                CompletableFuture.completedFuture(
                                    TestingWorker.result(request, 1, 2))),
                        attempts(1, DEADLINE))
                    .dispatch(Runs.training(4, 2))
                    .get(20, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("BAD_ANSWER")
        .hasMessageContaining("2 values, range [0, 3) needs 3");
  }

  /** Takes two seconds: that long an answer may be under way beyond the deadline. */
  @Test
  void aWorkerThatNeverAnswersTimesOut() throws Exception {
    TestingWorker worker =
        new TestingWorker(TestingWorker::answer, request -> new CompletableFuture<>());

    PartialSum sum =
        get(dispatcher(worker, attempts(2, Duration.ofMillis(10))).dispatch(Runs.training(4, 2)));

    assertThat(worker.requests()).hasSize(2);
    assertThat(sum.tally().invocations()).isEqualTo(2);
    assertThat(permitIsFree()).isTrue();
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
      assertThat(permits.waiting()).isEqualTo(3 - slot);
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
    permits.acquire(() -> {});
    List<CompletableFuture<Optional<PartialSum>>> sums = new ArrayList<>();
    for (int slot = 0; slot < 20_000; slot++) {
      sums.add(dispatcher.dispatch(Runs.training(4, slot)));
    }

    permits.release();

    assertThat(sums).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(worker.requests()).hasSize(20_000);
  }

  private Dispatcher dispatcher(TestingWorker worker, Attempts attempts) {
    return dispatcher(worker, attempts, new SharedGate(gate));
  }

  private Dispatcher dispatcher(TestingWorker worker, Attempts attempts, SharedGate sharedGate) {
    return new Dispatcher(
        new RequestBuilder(Runs.WITH_TEST, "start-1"),
        attempts,
        sharedGate,
        new Dispatcher.Workforce(
            worker, permits, new DispatchMetrics(new UnregisteredMetricsGroup())),
        Clock.fixed(NOW, ZoneOffset.UTC),
        new SplittableRandom(1));
  }

  private static Attempts attempts(int most, Duration deadline) {
    return new Attempts(most, deadline, Duration.ofMillis(1), Duration.ofMillis(2));
  }

  /** Whether the one permit is free, and nobody is in line. */
  private boolean permitIsFree() {
    AtomicInteger ran = new AtomicInteger();
    permits.acquire(ran::incrementAndGet);
    if (ran.get() == 1) {
      permits.release();
    }
    return ran.get() == 1 && permits.waiting() == 0;
  }

  private static PartialSum get(CompletableFuture<Optional<PartialSum>> sum) throws Exception {
    return sum.get(20, SECONDS).orElseThrow();
  }
}
