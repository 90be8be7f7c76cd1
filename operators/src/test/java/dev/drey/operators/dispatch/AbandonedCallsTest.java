package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that never answers holds the function's concurrency when the next step asks. */
@Timeout(60)
class AbandonedCallsTest {

  /** Of a slot, and no longer than an invocation may take. */
  private static final Duration DEADLINE = Dispatching.TIMEOUT;

  private final Dispatching around = new Dispatching(1);
  private Duration throttledUntil = Duration.ZERO;
  private Duration answersAfter = Duration.ZERO;

  private Dispatcher dispatcher() {
    Attempts usual = Dispatching.attempts(3);
    Attempts attempts =
        new Attempts(
            usual.most(),
            new Attempts.Deadlines(Dispatching.TIMEOUT, Dispatching.GRACE, DEADLINE),
            usual.backoff(),
            null);
    around.gate.quorum = CompletableFuture.completedFuture(true);
    return around.dispatcher(new TestingWorker(this::compute), attempts);
  }

  private CompletableFuture<WorkResult> compute(WorkRequest request) {
    if (request.id().step() == 4) {
      return new CompletableFuture<>();
    }
    if (around.alarms.passed().compareTo(throttledUntil) < 0) {
      return TestingWorker.failing(Kind.THROTTLED, Bill.NOTHING).compute(request);
    }
    CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    var unused =
        around.alarms.after(
            answersAfter, () -> answer.complete(TestingWorker.result(request, 1, 2, 3)));
    return answer;
  }

  private PartialSum leftOut(Dispatcher dispatcher) throws Exception {
    PartialSum sum = around.get(dispatcher.dispatch(Runs.training(4, 2)));
    assertThat(around.gate.late).containsExactly(2);
    assertThat(around.alarms.passed()).isEqualTo(DEADLINE);
    return sum;
  }

  @Test
  void aSlotThatIsThrottledBecauseOfAnAbandonedCallKeepsItsTime() throws Exception {
    Dispatcher dispatcher = dispatcher();
    leftOut(dispatcher);
    throttledUntil = DEADLINE.plus(Dispatching.TIMEOUT).minusSeconds(6);
    answersAfter = Duration.ofSeconds(15); // beyond the deadline, had its time gone on

    PartialSum sum = around.get(dispatcher.dispatch(Runs.training(5, 1)));

    assertThat(around.gate.late).containsExactly(2);
    assertThat(around.alarms.passed()).isGreaterThan(DEADLINE.multipliedBy(2));
    assertThat(sum.dropped()).isEmpty();
    assertThat(sum.values().toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void aSlotThatIsThrottledForLongerIsLeftOutOneTimeoutLater() throws Exception {
    Dispatcher dispatcher = dispatcher();
    leftOut(dispatcher);
    throttledUntil = Duration.ofDays(1);

    CompletableFuture<Optional<PartialSum>> sum = dispatcher.dispatch(Runs.training(5, 1));
    around.get(sum);

    assertThat(around.gate.late).containsExactly(2, 1);
    assertThat(around.alarms.passed())
        .isEqualTo(DEADLINE.multipliedBy(2).plus(Dispatching.TIMEOUT));
  }

  @Test
  void onceTheAbandonedCallHasEndedThrottlingCountsAsEver() throws Exception {
    Dispatcher dispatcher = dispatcher();
    leftOut(dispatcher);
    around.alarms.pass(Dispatching.TIMEOUT);
    throttledUntil = Duration.ofDays(1);

    around.get(dispatcher.dispatch(Runs.training(5, 1)));

    assertThat(around.gate.late).containsExactly(2, 1);
    assertThat(around.alarms.passed()).isEqualTo(DEADLINE.plus(Dispatching.TIMEOUT).plus(DEADLINE));
  }
}
