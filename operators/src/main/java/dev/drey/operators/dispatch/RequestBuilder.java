package dev.drey.operators.dispatch;

import dev.drey.core.data.DataSource;
import dev.drey.core.data.MiniBatch;
import dev.drey.core.data.Task;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import java.util.SplittableRandom;

/** Makes requests out of mini-batches. */
final class RequestBuilder {

  private final Run run;
  private final String incarnation;
  private final int parameters;

  /**
   * @param incarnation this start of the job, which answers have to name
   */
  RequestBuilder(Run run, String incarnation) {
    this.run = run;
    this.incarnation = incarnation;
    this.parameters = run.network().parameterCount();
  }

  int parameters() {
    return parameters;
  }

  /** How the answer's bytes come back is for the worker's client to say: it knows the way. */
  private static final WorkRequest.Transport INLINE =
      new WorkRequest.Transport(Integer.MAX_VALUE, null);

  WorkRequest build(MiniBatch miniBatch, int attempt, Weights weights, long lease) {
    return new WorkRequest(
        new WorkRequest.Id(
            run.name(), incarnation, miniBatch.task(), miniBatch.step(), miniBatch.slot(), attempt),
        lease,
        run.network(),
        weights,
        new Examples.Rows(source(miniBatch.task()), run.normalization(), miniBatch.rows()),
        INLINE,
        run.kernels(),
        seed(miniBatch));
  }

  /** Another for each step and slot, and the same for every attempt at one. */
  private long seed(MiniBatch miniBatch) {
    SplittableRandom steps = new SplittableRandom(run.seed() ^ miniBatch.step());
    return new SplittableRandom(steps.nextLong() ^ miniBatch.slot()).nextLong();
  }

  private DataSource source(Task task) {
    if (task == Task.GRADIENT) {
      return run.training();
    }
    if (run.test() == null) {
      throw new IllegalStateException("run " + run.name() + " has no test data to evaluate on");
    }
    return run.test();
  }
}
