package dev.drey.operators.publish;

import dev.drey.core.blob.Blob;
import dev.drey.core.parameters.Floats;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.TestingWeightStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The loss of an example is the first weight, and a bit of the example. Thread-safe. */
final class WeighingWorker implements GradientWorker {

  private final String test;
  private final Map<Long, WorkerException.Kind> failing;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private final List<WorkRequest> requests = new ArrayList<>();
  private boolean holding;

  /**
   * @param test whose weight store it reads
   * @param failing versions, and how they fail
   */
  WeighingWorker(String test, Map<Long, WorkerException.Kind> failing) {
    this.test = test;
    this.failing = failing;
  }

  /** Answers nothing until {@link #release}. */
  synchronized WeighingWorker holding() {
    holding = true;
    return this;
  }

  synchronized void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  synchronized List<WorkRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized CompletableFuture<WorkResult> compute(WorkRequest request) {
    requests.add(request);
    CompletableFuture<WorkResult> result = new CompletableFuture<>();
    Runnable answer = () -> answer(request, result);
    if (holding) {
      held.add(answer);
    } else {
      answer.run();
    }
    return result;
  }

  private void answer(WorkRequest request, CompletableFuture<WorkResult> result) {
    WorkerException.Kind kind = failing.get(request.weights().version());
    if (kind != null) {
      result.completeExceptionally(
          new WorkerException(kind, "as the test says", new Bill(1, false), null));
      return;
    }
    try {
      Blob blob = request.weights().parts().get(0).blob();
      float weight = TestingWeightStore.of(test).floats(blob)[0];
      Examples.Values values = (Examples.Values) request.examples();
      float step = Floats.fromBytes(values.features().bytes().verified())[0];
      result.complete(
          new WorkResult(
              new WorkAnswer.Done(
                  request.id(), request.weights().version(), 1, weight + step / 7, 0, null, 1, 1),
              new float[0],
              new Bill(1, false)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {}
}
