package dev.drey.job.model;

import dev.drey.core.blob.Blob;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** Sends requests to a worker outside of a run, one after the other. Not thread-safe. */
public final class WorkerClient {

  private static final Duration LEASE = Duration.ofMinutes(15);

  private final String name;
  private final NetworkSpec network;
  private final GradientWorker worker;
  private final Clock clock;
  private final String incarnation = UUID.randomUUID().toString();
  private long requests;

  /**
   * @param name of the run that trained the network
   * @param worker closed by the caller
   */
  public WorkerClient(String name, NetworkSpec network, GradientWorker worker, Clock clock) {
    this.name = name;
    this.network = network;
    this.worker = worker;
    this.clock = clock;
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param version of the weights
   * @param weights all parameters, in a place that the worker can read
   * @throws WorkerException if the examples do not fit the network, or the worker fails
   * @throws InterruptedIOException if the thread is interrupted
   */
  public WorkResult compute(Work work, long version, Blob.Reference weights, Examples examples)
      throws WorkerException, InterruptedIOException {
    Range all = new Range(0, network.parameterCount());
    WorkRequest request =
        new WorkRequest(
            new WorkRequest.Id(name, incarnation, work.kind(), requests++, 0, 1),
            clock.millis() + LEASE.toMillis(),
            network,
            new Weights(version, List.of(new Weights.Part(all, weights))),
            examples,
            new WorkRequest.Transport(0, null),
            null,
            0);
    try {
      return worker.compute(request).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkerException failure) {
        throw failure;
      }
      throw new IllegalStateException("a worker must fail with a WorkerException", e);
    }
  }
}
