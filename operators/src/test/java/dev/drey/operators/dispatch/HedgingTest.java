package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.RowBatch;
import dev.drey.core.work.Round;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class HedgingTest {

  private static final Duration USUAL = Duration.ofMillis(40);
  private static final Duration SOFT_DEADLINE = Duration.ofMillis(120);

  private final List<CompletableFuture<WorkResult>> answers = new ArrayList<>();
  private final TestingWorker worker =
      new TestingWorker(
          request -> {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
          });

  private Dispatching around = new Dispatching(2);
  private Dispatcher dispatcher = around.dispatcher(worker, Dispatching.hedged(3));

  @Test
  void theFirstGoodAnswerWinsAndTheLoserIsPaidWithTheNextSum() throws Exception {
    warmUp();
    CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(1, 0));
    around.alarms.pass(SOFT_DEADLINE.minusMillis(1));
    assertThat(answers).hasSize(1);

    around.alarms.pass(Duration.ofMillis(1));
    assertThat(answers).hasSize(2);
    assertThat(attemptNumbers()).containsExactly(1, 2);
    answer(1, 5);

    assertThat(around.get(sum).values().get(0)).isEqualTo(5);
    assertThat(around.get(sum).tally()).isEqualTo(new Tally(5, 2.5, 3, 1, 0, 40));
    assertThat(around.freePermits()).isOne(); // the loser's comes when it ends
    answer(0, 7);
    assertThat(around.get(sum).values().get(0)).isEqualTo(5);
    assertThat(around.freePermits()).isEqualTo(2);

    CompletableFuture<Optional<PartialSum>> next = dispatch(Runs.training(2, 0));
    answer(2, 1);
    assertThat(around.get(next).tally()).isEqualTo(new Tally(5, 2.5, 3, 2, 0, 80));
    assertThat(around.alarms.pending()).isZero();
  }

  @Test
  void anAttemptIsHedgedWithThePermitOfAnotherTask() throws Exception {
    PermitPool pool = new PermitPool();
    around = new Dispatching(new Permits(1, pool));
    Permits other = new Permits(1, pool);
    dispatcher = around.dispatcher(worker, Dispatching.hedged(3));
    warmUp();
    CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(1, 0));

    around.alarms.pass(SOFT_DEADLINE);

    assertThat(answers).hasSize(2);
    assertThat(other.tryAcquire()).isFalse();
    answer(1, 5);
    assertThat(around.get(sum).values().get(0)).isEqualTo(5);
    assertThat(other.tryAcquire()).isTrue(); // the worker that hangs keeps one permit only
  }

  @Test
  void theFirstAttemptMayStillWin() throws Exception {
    warmUp();
    CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(1, 0));
    around.alarms.pass(SOFT_DEADLINE);

    answer(0, 7);

    assertThat(around.get(sum).values().get(0)).isEqualTo(7);
    fail(1, Kind.CRASHED);
    CompletableFuture<Optional<PartialSum>> empty =
        dispatcher.dispatch(Runs.empty(Round.training(2), 0));
    assertThat(around.get(empty).tally()).isEqualTo(new Tally(0, 0, 0, 1, 0, 3));
  }

  @Test
  void aFailedAttemptWaitsForItsHedge() throws Exception {
    warmUp();
    CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(1, 0));
    around.alarms.pass(SOFT_DEADLINE);

    fail(0, Kind.CRASHED);
    assertThat(sum).isNotDone();
    answer(1, 5);

    assertThat(around.get(sum).values().get(0)).isEqualTo(5);
    assertThat(around.get(sum).tally()).isEqualTo(new Tally(5, 2.5, 3, 2, 0, 43));
  }

  @Test
  void bothFailingIsOneFailure() throws Exception {
    warmUp();
    CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(1, 0));
    around.alarms.pass(SOFT_DEADLINE);

    fail(0, Kind.CRASHED);
    fail(1, Kind.THROTTLED);
    around.alarms.ringUntil(() -> answers.size() == 3);
    answer(2, 5);

    assertThat(around.get(sum).tally().invocations()).isEqualTo(2);
    assertThat(attemptNumbers()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REJECTED", "BAD_CALL"})
  void whatTellsMostOfTwoFailuresCounts(Kind kind) throws Exception {
    warmUp();
    CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(1, 0));
    around.alarms.pass(SOFT_DEADLINE);

    fail(0, kind);
    fail(1, Kind.UNAVAILABLE);

    assertThatThrownBy(() -> around.settle(sum))
        .hasCauseInstanceOf(SlotFailedException.class)
        .hasMessageContaining("failed after 2 attempts: " + kind);
  }

  @Test
  void aHedgeDoesNotWaitInLine() throws Exception {
    warmUp();
    CompletableFuture<Optional<PartialSum>> slow = dispatch(Runs.training(1, 0));
    around.permits.acquire(() -> {});
    around.alarms.pass(SOFT_DEADLINE);
    assertThat(answers).hasSize(1);
    assertThat(around.permits.waiting()).isZero();

    around.permits.release();
    around.alarms.pass(SOFT_DEADLINE); // it looks again

    assertThat(answers).hasSize(2);
    answer(1, 5);
    assertThat(around.get(slow).values().get(0)).isEqualTo(5);
  }

  @Test
  void anAttemptThatFailsWhileThereIsNoPermitForAHedgeHasFailed() throws Exception {
    warmUp();
    CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(1, 0));
    around.permits.acquire(() -> {});
    around.alarms.pass(SOFT_DEADLINE);

    fail(0, Kind.CRASHED);
    around.alarms.ringUntil(() -> answers.size() == 2);
    answer(1, 5);

    assertThat(around.get(sum).values().get(0)).isEqualTo(5);
  }

  @Test
  void nothingIsHedgedBeforeTimesAreKnown() {
    var unused = dispatch(Runs.training(1, 0));

    around.alarms.pass(Duration.ofSeconds(19));

    assertThat(answers).hasSize(1);
  }

  @Test
  void evaluationsHaveTimesOfTheirOwn() throws Exception {
    warmUp();
    var unused = dispatch(Runs.evaluation(1, 0));

    around.alarms.pass(Duration.ofSeconds(19));

    assertThat(answers).hasSize(1);
  }

  @Test
  void theSoftDeadlineIsAtLeastFiftyMilliseconds() throws Exception {
    for (int i = 0; i < 32; i++) {
      CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(0, i));
      answer(0, 1);
      around.get(sum);
      answers.clear();
    }
    var unused = dispatch(Runs.training(1, 0));

    around.alarms.pass(Duration.ofMillis(49));
    assertThat(answers).hasSize(1);
    around.alarms.pass(Duration.ofMillis(1));
    assertThat(answers).hasSize(2);
  }

  @Test
  void withoutHedgingThereIsNone() throws Exception {
    around = new Dispatching(2);
    dispatcher = around.dispatcher(worker, Dispatching.attempts(3));
    warmUp();
    var unused = dispatch(Runs.training(1, 0));

    around.alarms.pass(Duration.ofSeconds(19));

    assertThat(answers).hasSize(1);
  }

  /** Some attempts that take as long as usual. */
  private void warmUp() throws Exception {
    for (int i = 0; i < 32; i++) {
      CompletableFuture<Optional<PartialSum>> sum = dispatch(Runs.training(0, i));
      around.alarms.pass(USUAL);
      answer(0, 1);
      around.get(sum);
      answers.clear();
    }
  }

  private CompletableFuture<Optional<PartialSum>> dispatch(RowBatch miniBatch) {
    return dispatcher.dispatch(miniBatch);
  }

  private void answer(int call, float value) {
    var requests = worker.requests();
    var request = requests.get(requests.size() - answers.size() + call);
    answers.get(call).complete(TestingWorker.result(request, value, 0, 0));
  }

  private void fail(int call, Kind kind) {
    answers.get(call).completeExceptionally(TestingWorker.failure(kind, new Bill(3, false)));
  }

  private List<Integer> attemptNumbers() {
    var requests = worker.requests();
    return requests.subList(requests.size() - answers.size(), requests.size()).stream()
        .map(request -> request.id().attempt())
        .toList();
  }
}
