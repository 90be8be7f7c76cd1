package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.protocol.Weights;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Work;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.alarm.ManualAlarms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  /** Two requests of two at most, whose loss is 2.5 each. */
  private static final List<PlacedExample> THREE =
      IntStream.range(0, 3)
          .mapToObj(
              i ->
                  new PlacedExample(
                      new Position("p", i), new Example(new float[2], new float[1], false)))
          .toList();

  private static final List<Weights> TWO =
      List.of(new Weights(20, List.of()), new Weights(10, List.of()));

  private final List<Tally> bill = new ArrayList<>();

  private Evaluator evaluator(TestingWorker worker) {
    return new Evaluator(
        Runs.WITHOUT_TEST,
        Attempts.of(1, Duration.ofMinutes(1)),
        2,
        worker,
        new ManualAlarms(),
        new UnregisteredMetricsGroup(),
        bill::add);
  }

  @Test
  void everyVersionIsEvaluatedOnAllExamplesAndPaid() {
    TestingWorker worker = new TestingWorker(TestingWorker::answer);

    assertThat(evaluator(worker).losses(THREE, TWO))
        .isCompletedWithValue(List.of(5.0 / 3, 5.0 / 3));

    assertThat(worker.requests())
        .extracting(request -> request.weights().version(), request -> request.examples().count())
        .containsExactly(tuple(20L, 2), tuple(20L, 1), tuple(10L, 2), tuple(10L, 1));
    assertThat(worker.requests())
        .extracting(request -> request.id().kind())
        .containsOnly(Work.Kind.EVALUATION);
    assertThat(bill)
        .containsExactly(new Tally(0, 0, 0, 4, 0, 4 * TestingWorker.BILL.billedMillis()));
  }

  @Test
  void whatFailsIsPaidTooAndEndsIt() {
    TestingWorker worker =
        new TestingWorker(
            TestingWorker.failing(Kind.CRASHED, TestingWorker.BILL), TestingWorker::answer);
    var losses = evaluator(worker).losses(THREE, TWO);

    assertThatThrownBy(losses::join)
        .hasCauseInstanceOf(WorkerException.class)
        .hasMessageContaining("as the test says");

    assertThat(worker.requests()).hasSize(2);
    assertThat(bill)
        .containsExactly(new Tally(0, 0, 0, 2, 0, 2 * TestingWorker.BILL.billedMillis()));
  }

  @Test
  void anEvaluationThatIsGivenUpFailsAndIsPaidOnceItIsOver() {
    CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    Evaluator evaluator = evaluator(new TestingWorker(request -> answer));
    var losses = evaluator.losses(THREE, TWO);

    evaluator.giveUp();

    assertThatThrownBy(losses::join).hasMessageContaining("the run was stopped");
    assertThat(evaluator.losses(THREE, TWO)).isCompletedExceptionally();
    assertThat(bill).isEmpty();
    answer.completeExceptionally(TestingWorker.failure(Kind.CRASHED, TestingWorker.BILL));
    assertThat(bill).contains(new Tally(0, 0, 0, 1, 0, TestingWorker.BILL.billedMillis()));
  }

  @Test
  void aLossThatIsNotFiniteIsInfinite() {
    TestingWorker worker =
        new TestingWorker(
            TestingWorker::answer, TestingWorker.failing(Kind.NOT_FINITE, TestingWorker.BILL));

    assertThat(evaluator(worker).losses(THREE, TWO))
        .isCompletedWithValue(List.of(Double.POSITIVE_INFINITY, 5.0 / 3));
  }
}
