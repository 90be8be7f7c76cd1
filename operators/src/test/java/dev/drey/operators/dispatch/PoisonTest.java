package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Round;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException.Blame;
import dev.drey.core.worker.WorkerException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples that no worker can compute are set aside; the rest is as if they had never been. */
@Timeout(20)
class PoisonTest {

  private static final Round STEP = Round.training(4);

  private final Dispatching around = new Dispatching(2);

  static Stream<Kind> ofTheExamples() {
    return Arrays.stream(Kind.values()).filter(kind -> kind.blame() == Blame.EXAMPLES);
  }

  @ParameterizedTest
  @MethodSource("ofTheExamples")
  void aFaultyExampleIsSetAsideAndTheRestIsComputedInOneRequest(Kind kind) throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker.poisoned(kind, 11));

    PartialSum sum = around.get(dispatch(worker, 64));

    assertThat(sum.dropped())
        .containsExactly(
            new Dropped(
                kind == Kind.NOT_FINITE ? DropReason.NOT_FINITE : DropReason.FAULTY,
                STEP,
                2,
                new int[] {11},
                kind + ", as the test says"));
    WorkRequest last = worker.requests().get(worker.requests().size() - 1);
    assertThat(TestingWorker.rows(last))
        .isEqualTo(IntStream.range(0, 64).filter(row -> row != 11).toArray());
    assertThat(sum.values().toArray()).isEqualTo(TestingWorker.of(last).values());
    assertThat(sum.tally().examples()).isEqualTo(63);
    int first = kind.retryable() ? 3 : 1; // at the whole, and at the example by itself
    assertThat(worker.requests()).hasSize(first + 2 * 6 + first - 1 + 1);
    assertThat(sum.tally().invocations()).isEqualTo(worker.requests().size());
    assertThat(sum.tally().billedMillis()).isEqualTo(40L * worker.requests().size());
    assertThat(worker.requests()).extracting(r -> r.id().attempt()).doesNotHaveDuplicates();
    assertThat(around.freePermits()).isEqualTo(2);
    assertThat(around.alarms.pending()).isZero();
  }

  @Test
  void aFailureThatPassesIsTriedOnceMoreAsAWhole() throws Exception {
    TestingWorker.Behaviour crash = TestingWorker.failing(Kind.CRASHED, Bill.NOTHING);
    TestingWorker worker =
        new TestingWorker(TestingWorker.poisoned(Kind.CRASHED), crash, crash, crash);

    PartialSum sum = around.get(dispatch(worker, 64));

    assertThat(sum.dropped()).isEmpty();
    assertThat(worker.requests()).hasSize(3 + 2 + 1);
    assertThat(sum.values().toArray())
        .isEqualTo(TestingWorker.of(worker.requests().get(0)).values());
    assertThat(sum.tally().examples()).isEqualTo(64);
  }

  @Test
  void whatFailsAsAWholeAndNotInPartsIsSetAside() throws Exception {
    TestingWorker worker =
        new TestingWorker(
            request ->
                TestingWorker.rows(request).length > 32
                    ? failed(Kind.TIMED_OUT)
                    : TestingWorker.poisoned(Kind.TIMED_OUT).compute(request));

    PartialSum sum = around.get(dispatch(worker, 64));

    assertThat(worker.requests()).hasSize(3 + 2 + 3);
    assertThat(sum.dropped()).extracting(d -> d.rows().length).containsExactly(64);
    assertThat(sum.values().toArray()).containsExactly(0, 0, 0);
    assertThat(sum.tally().examples()).isZero();
  }

  @Test
  void aMiniBatchWhoseQuartersAllFailIsSetAside() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(Kind.NOT_FINITE, Bill.NOTHING));

    PartialSum sum = around.get(dispatch(worker, 64));

    assertThat(worker.requests()).hasSize(1 + 6);
    assertThat(sum.dropped())
        .containsExactly(
            new Dropped(
                DropReason.NOT_FINITE,
                STEP,
                2,
                IntStream.range(0, 64).toArray(),
                "NOT_FINITE, as the test says"));
  }

  @Test
  void aBusyServiceCondemnsNobody() throws Exception {
    int[] calls = {0};
    TestingWorker.Behaviour poisoned = TestingWorker.poisoned(Kind.FAILED, 3);
    TestingWorker worker =
        new TestingWorker(
            request -> calls[0]++ % 2 == 1 ? failed(Kind.THROTTLED) : poisoned.compute(request));

    PartialSum sum = around.get(dispatch(worker, 16));

    assertThat(sum.dropped()).extracting(Dropped::rows).containsExactly(new int[] {3});
    assertThat(sum.tally().examples()).isEqualTo(15);
  }

  @Test
  void faultyExamplesThatWereOwedGoBackToTheirStep() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker.poisoned(Kind.BAD_DATA, 1, 90));
    Round earlier = Round.training(1);
    around.gate.owed.add(
        new Dropped(DropReason.LATE, earlier, 2, new int[] {80, 90, 99}, "was late"));

    PartialSum sum = around.get(dispatch(worker, 5));

    assertThat(sum.dropped())
        .containsExactly(
            new Dropped(DropReason.FAULTY, STEP, 2, new int[] {1}, "BAD_DATA, as the test says"),
            new Dropped(
                DropReason.FAULTY, earlier, 2, new int[] {90}, "BAD_DATA, as the test says"));
    assertThat(sum.tally().examples()).isEqualTo(6);
  }

  @Test
  void testExamplesCanBeFaultyToo() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker.poisoned(Kind.BAD_DATA, 2));

    PartialSum sum =
        around.get(
            around.dispatcher(worker, Dispatching.attempts(3)).dispatch(Runs.evaluation(4, 2)));

    assertThat(sum.dropped()).extracting(Dropped::rows).containsExactly(new int[] {2});
    assertThat(sum.tally().examples()).isOne();
    assertThat(sum.values().length()).isZero();
  }

  @Test
  void whatIsKnownAtTheDeadlineIsKeptAndTheRestIsLate() throws Exception {
    TestingWorker.Behaviour poisoned = TestingWorker.poisoned(Kind.BAD_DATA, 0);
    int[] calls = {0};
    TestingWorker worker =
        new TestingWorker(
            request -> calls[0]++ < 7 ? poisoned.compute(request) : failed(Kind.UNAVAILABLE));
    around.gate.quorum = CompletableFuture.completedFuture(true);

    PartialSum sum = around.get(dispatch(worker, 8)); // one at the whole, six probes, then nothing

    List<Dropped> dropped = sum.dropped();
    assertThat(dropped)
        .extracting(Dropped::reason)
        .containsExactly(DropReason.FAULTY, DropReason.LATE);
    assertThat(dropped.get(0).rows()).containsExactly(0);
    assertThat(dropped.get(1).rows()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(around.alarms.passed()).isEqualTo(Dispatching.DEADLINE);
  }

  @Test
  void theDeadlineCondemnsNobody() throws Exception {
    TestingWorker worker = new TestingWorker(request -> new CompletableFuture<>());
    around.gate.quorum = CompletableFuture.completedFuture(true);

    PartialSum sum =
        around.get(
            around.dispatcher(worker, Dispatching.attempts(100)).dispatch(Runs.training(4, 2, 8)));

    assertThat(sum.dropped()).extracting(Dropped::reason).containsExactly(DropReason.LATE);
  }

  private CompletableFuture<java.util.Optional<PartialSum>> dispatch(
      TestingWorker worker, int rows) {
    return around.dispatcher(worker, Dispatching.attempts(3)).dispatch(Runs.training(4, 2, rows));
  }

  private static CompletableFuture<WorkResult> failed(Kind kind) {
    return CompletableFuture.failedFuture(TestingWorker.failure(kind, Bill.NOTHING));
  }
}
