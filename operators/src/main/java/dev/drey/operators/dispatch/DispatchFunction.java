package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.data.MiniBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.coordination.StepGate;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Fans mini-batches out to workers: Flink's glue around the dispatcher. */
public final class DispatchFunction extends RichAsyncFunction<MiniBatch, PartialSum>
    implements StepGate.User {

  private static final long serialVersionUID = 1L;

  private final Run run;
  private final Attempts attempts;
  private final int concurrency;
  private final GradientWorker.Provider workers;

  private transient StepGate gate;
  private transient Consumer<Throwable> failJob;
  private transient GradientWorker worker;
  private transient Dispatcher dispatcher;

  /**
   * @param concurrency invocations in flight at most, over all tasks
   */
  public DispatchFunction(
      Run run, Attempts attempts, int concurrency, GradientWorker.Provider workers) {
    this.run = run;
    this.attempts = attempts;
    this.concurrency = concurrency;
    this.workers = workers;
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
    dispatcher =
        new Dispatcher(
            new RequestBuilder(run, UUID.randomUUID().toString()),
            attempts,
            new SharedGate(gate),
            new Dispatcher.Workforce(
                worker,
                new Permits(permits),
                new DispatchMetrics(getRuntimeContext().getMetricGroup())),
            Clock.systemUTC(),
            new SplittableRandom());
  }

  @Override
  public void asyncInvoke(MiniBatch miniBatch, ResultFuture<PartialSum> result) {
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

  /** A failure that another start of the job would only repeat ends it; others start it again. */
  private void fail(Throwable failure, ResultFuture<PartialSum> result) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof SlotFailedException
        && cause.getCause() instanceof WorkerException last
        && !last.kind().retryable()) {
      failJob.accept(cause);
    } else {
      result.completeExceptionally(cause);
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
