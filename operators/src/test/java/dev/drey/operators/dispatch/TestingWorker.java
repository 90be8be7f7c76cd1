package dev.drey.operators.dispatch;

import dev.drey.core.data.Task;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps every request, and does with the n-th what the test says. Thread-safe. */
final class TestingWorker implements GradientWorker {

  /** What becomes of a request. */
  interface Behaviour {
    CompletableFuture<WorkResult> compute(WorkRequest request);
  }

  /** Five examples of which three are right, and 40 ms of function time. */
  static final Bill BILL = new Bill(40, false);

  private final List<Behaviour> first;
  private final Behaviour then;
  private final List<WorkRequest> requests = new ArrayList<>();

  /**
   * @param then for every request beyond those of {@code first}
   */
  TestingWorker(Behaviour then, Behaviour... first) {
    this.then = then;
    this.first = List.of(first);
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    Behaviour behaviour;
    synchronized (this) {
      behaviour = requests.size() < first.size() ? first.get(requests.size()) : then;
      requests.add(request);
    }
    return behaviour.compute(request);
  }

  synchronized List<WorkRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {}

  static CompletableFuture<WorkResult> answer(WorkRequest request) {
    return CompletableFuture.completedFuture(result(request, 1, 2, 3));
  }

  static WorkResult result(WorkRequest request, float... gradient) {
    boolean evaluation = request.id().task() == Task.EVALUATION;
    return new WorkResult(
        new WorkAnswer.Done(request.id(), request.weights().version(), 5, 2.5, 3, null, 1, 1),
        evaluation ? new float[0] : gradient,
        BILL);
  }

  static Behaviour failing(WorkerException.Kind kind, Bill bill) {
    return request -> CompletableFuture.failedFuture(failure(kind, bill));
  }

  static WorkerException failure(WorkerException.Kind kind, Bill bill) {
    return new WorkerException(kind, "as the test says", bill, null);
  }
}
