package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.protocol.Weights;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.work.Round;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.alarm.Alarms;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.flink.metrics.MetricGroup;

/**
 * Has versions evaluated on given examples, one invocation after the other. Attempts and deadlines
 * are those of a slot, but calls are not hedged, since no step waits for the answer. Thread-safe.
 */
public final class Evaluator implements AutoCloseable {

  private static final int IN_FLIGHT = 1;

  private final Attempts attempts;
  private final int mostExamples;
  private final GradientWorker worker;
  private final Alarms alarms;
  private final Consumer<Tally> bill;
  private final LateBills lateBills = new LateBills();
  private final Permits permits = new Permits(IN_FLIGHT);
  private final Retries retries;
  private final Set<Runnable> inProgress = ConcurrentHashMap.newKeySet();
  private volatile boolean givenUp;

  /**
   * @param mostExamples of one invocation: a mini-batch, for which workers have the memory
   * @param worker closed with this, as are the alarms
   * @param metrics receives the metrics of dispatch
   * @param bill receives the cost after every evaluation; thread-safe
   */
  public Evaluator(
      RequestTemplate run,
      Attempts attempts,
      int mostExamples,
      GradientWorker worker,
      Alarms alarms,
      MetricGroup metrics,
      Consumer<Tally> bill) {
    this.attempts = attempts;
    this.mostExamples = mostExamples;
    this.worker = worker;
    this.alarms = alarms;
    this.bill = bill;
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    Sender sender =
        new Sender(
            new RequestBuilder(run, UUID.randomUUID().toString()),
            attempts.deadlines(),
            new Sender.Workforce(worker, permits, new DispatchMetrics(metrics)),
            alarms,
            Clock.systemUTC());
    this.retries = new Retries(attempts, sender, sender, alarms, random);
  }

  /**
   * The mean losses of versions on the same examples. Losses are added in the order of the
   * examples, so that the same examples always give the same bits.
   *
   * @param examples at least one
   * @return a loss per version, infinite where a worker reports that it is not finite; completed on
   *     any thread; fails with a {@link WorkerException} once attempts or time are used up, and
   *     when it is given up
   */
  public CompletableFuture<List<Double>> losses(
      List<PlacedExample> examples, List<Weights> versions) {
    CallAccount account = new CallAccount(alarms, lateBills, attempts.deadlines());
    CompletableFuture<List<Double>> losses = CompletableFuture.completedFuture(List.of());
    for (Weights version : versions) {
      losses =
          losses.thenCompose(
              before ->
                  lossSum(examples, version, account)
                      .thenApply(sum -> with(before, sum / examples.size())));
    }
    return untilGivenUp(
        losses.whenComplete((all, failure) -> bill.accept(account.settle())), account);
  }

  private CompletableFuture<List<Double>> untilGivenUp(
      CompletableFuture<List<Double>> losses, CallAccount account) {
    CompletableFuture<List<Double>> answer = losses.copy();
    Runnable end =
        () -> {
          account.end();
          answer.completeExceptionally(
              new WorkerException(
                  Kind.TIMED_OUT,
                  "the run was stopped before the evaluation was complete",
                  Bill.NOTHING,
                  null));
        };
    inProgress.add(end);
    if (givenUp) {
      end.run();
    }
    return answer.whenComplete((all, failure) -> inProgress.remove(end));
  }

  /** Fails the evaluations in progress, and all later ones: the run ends. */
  public void giveUp() {
    givenUp = true;
    List.copyOf(inProgress).forEach(Runnable::run);
  }

  private static List<Double> with(List<Double> before, double next) {
    return Stream.concat(before.stream(), Stream.of(next)).toList();
  }

  private CompletableFuture<Double> lossSum(
      List<PlacedExample> examples, Weights weights, CallAccount account) {
    CompletableFuture<Double> sum = CompletableFuture.completedFuture(0.0);
    int part = 0;
    for (int from = 0; from < examples.size(); from += mostExamples) {
      int to = Math.min(examples.size(), from + mostExamples);
      StreamBatch batch =
          new StreamBatch(
              Round.evaluation(weights.version()), part, examples.subList(from, to), Intake.NONE);
      sum =
          sum.thenCompose(
              before -> lossSum(batch, weights, account).thenApply(more -> before + more));
      part++;
    }
    return sum;
  }

  private CompletableFuture<Double> lossSum(
      StreamBatch batch, Weights weights, CallAccount account) {
    return retries
        .compute(batch, new AttemptWeights.Fixed(weights), account)
        .thenApply(result -> result.answer().lossSum())
        .exceptionallyCompose(Evaluator::infinite);
  }

  private static CompletableFuture<Double> infinite(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause instanceof WorkerException failure && failure.kind() == Kind.NOT_FINITE
        ? CompletableFuture.completedFuture(Double.POSITIVE_INFINITY)
        : CompletableFuture.failedFuture(cause);
  }

  /** Gives up all evaluations in progress. */
  @Override
  public void close() {
    permits.close();
    alarms.close();
    worker.close();
  }
}
