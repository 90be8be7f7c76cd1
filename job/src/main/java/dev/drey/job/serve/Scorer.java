package dev.drey.job.serve;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.blob.Blob;
import dev.drey.core.data.Task;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.stream.Example;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Compares what a version says of examples with their labels, by the worker that trains. */
final class Scorer {

  private static final Duration LEASE = Duration.ofMinutes(15);

  private final String run;
  private final NetworkSpec network;
  private final GradientWorker worker;
  private final Clock clock;
  private final String incarnation = UUID.randomUUID().toString();
  private long requests;

  /**
   * @param worker that computes; the caller's to close
   */
  Scorer(String run, NetworkSpec network, GradientWorker worker, Clock clock) {
    this.run = run;
    this.network = network;
    this.worker = worker;
    this.clock = clock;
  }

  /**
   * Scores examples.
   *
   * @throws WorkerException if the worker fails
   */
  Tally score(Served served, List<Example> examples)
      throws WorkerException, InterruptedIOException {
    if (examples.isEmpty()) {
      return Tally.ZERO;
    }
    WorkRequest request =
        new WorkRequest(
            new WorkRequest.Id(run, incarnation, Task.EVALUATION, requests++, 0, 1),
            clock.millis() + LEASE.toMillis(),
            network,
            new Weights(
                served.announced().version(),
                List.of(
                    new Weights.Part(new Range(0, network.parameterCount()), served.weights()))),
            new Examples.Values(
                matrix(examples, Example::features), matrix(examples, Example::labels)),
            new WorkRequest.Transport(0, null),
            null,
            0);
    try {
      WorkAnswer.Done done = worker.compute(request).get().answer();
      return new Tally(
          done.examples(), done.lossSum(), done.correct(), 0, 0, 0, done.absoluteErrorSum());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkerException failure) {
        throw failure;
      }
      throw new IllegalStateException("a worker fails with a WorkerException only", e);
    }
  }

  private static Examples.FloatMatrix matrix(
      List<Example> examples, Function<Example, float[]> part) {
    int width = part.apply(examples.get(0)).length;
    float[] values = new float[examples.size() * width];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(part.apply(examples.get(i)), 0, values, i * width, width);
    }
    return new Examples.FloatMatrix(examples.size(), width, Blob.Inline.of(Floats.toBytes(values)));
  }
}
