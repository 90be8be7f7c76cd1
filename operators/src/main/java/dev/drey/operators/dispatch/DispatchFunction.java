package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.data.Batch;
import dev.drey.core.data.MiniBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.alarm.AlarmThread;
import dev.drey.operators.coordination.StepGate;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Sends mini-batches to workers: Flink's glue around the {@link Dispatcher}.
 *
 * @param <B> mini-batches of a data set, or of a stream
 */
public final class DispatchFunction<B extends Batch> extends RichAsyncFunction<B, PartialSum>
    implements StepGate.User {

  private static final long serialVersionUID = 1L;

  private final RequestTemplate run;
  private final Attempts attempts;
  private final int concurrency;
  private final GradientWorker.Provider workers;

  /** The same in all tasks, and in no other loop's. */
  private final String loop = UUID.randomUUID().toString();

  private transient StepGate gate;
  private transient Consumer<Throwable> failJob;
  private transient GradientWorker worker;
  private transient AlarmThread alarms;
  private transient Dispatcher dispatcher;
  private transient volatile boolean closed;

  /**
   * @param concurrency the largest number of invocations in flight, over all tasks
   */
  public DispatchFunction(
      RequestTemplate run, Attempts attempts, int concurrency, GradientWorker.Provider workers) {
    this.run = run;
    this.attempts = attempts;
    this.concurrency = concurrency;
    this.workers = workers;
  }

  /** The element itself, or the mini-batch that stands for one of a savepoint's first format. */
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the caller's B is the class of the elements
  public static <B extends Batch> B current(Object element) {
    return (B) (element instanceof MiniBatch old ? old.current() : element);
  }

  @Override
  public void connect(StepGate stepGate, Consumer<Throwable> endOfJob) {
    this.gate = stepGate;
    this.failJob = endOfJob;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    worker = workers.open();
    var task = getRuntimeContext().getTaskInfo();
    int permits =
        Range.part(concurrency, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask())
            .length();
    if (permits < 1) {
      throw new IllegalArgumentException(
          "concurrency is "
              + concurrency
              + ", must be at least the "
              + task.getNumberOfParallelSubtasks()
              + " dispatch tasks");
    }
    alarms = new AlarmThread("dispatch-alarms-" + task.getIndexOfThisSubtask());
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    dispatcher =
        new Dispatcher(
            new RequestBuilder(run, UUID.randomUUID().toString()),
            attempts,
            new SharedGate(gate),
            new Sender.Workforce(
                worker,
                new Permits(permits, PermitPool.join(loop)),
                new DispatchMetrics(getRuntimeContext().getMetricGroup())),
            new Dispatcher.Surroundings(alarms, Clock.systemUTC(), random));
    var unused = gate.givenUp().thenRun(dispatcher::giveUp);
  }

  @Override
  public void asyncInvoke(B miniBatch, ResultFuture<PartialSum> result) {
    var unused =
        dispatcher
            .dispatch(miniBatch)
            .whenComplete(
                (sum, failure) -> {
                  if (failure == null) {
                    result.complete(sum.stream().toList());
                  } else {
                    fail(failure, result);
                  }
                });
  }

  /**
   * A failed slot would fail again after a restart, so it ends the job; other failures restart it.
   */
  private void fail(Throwable failure, ResultFuture<PartialSum> result) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (closed) {
      return; // nobody waits any more
    }
    if (cause instanceof SlotFailedException) {
      failJob.accept(cause);
    } else {
      result.completeExceptionally(cause);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (dispatcher != null) {
      dispatcher.close();
      PermitPool.leave(loop);
      alarms.close();
    }
    if (worker != null) {
      worker.close();
    }
  }
}
