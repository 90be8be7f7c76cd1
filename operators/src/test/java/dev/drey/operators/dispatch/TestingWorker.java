package dev.drey.operators.dispatch;

import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

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
    boolean evaluation = request.id().kind() == Work.Kind.EVALUATION;
    return new WorkResult(
        new WorkAnswer.Done(request.id(), request.weights().version(), 5, 2.5, 3, null, 1, 1),
        evaluation ? new float[0] : gradient,
        BILL);
  }

  /** Computes rows, but fails with all requests that hold one of these. */
  static Behaviour poisoned(WorkerException.Kind kind, int... bad) {
    Set<Integer> poison = Arrays.stream(bad).boxed().collect(Collectors.toSet());
    return request ->
        Arrays.stream(rows(request)).anyMatch(poison::contains)
            ? CompletableFuture.failedFuture(failure(kind, BILL))
            : CompletableFuture.completedFuture(of(request));
  }

  static int[] rows(WorkRequest request) {
    return ((Examples.Rows) request.examples()).rows();
  }

  /** A sum whose last bits depend on the order of the rows. */
  static WorkResult of(WorkRequest request) {
    float[] gradient = new float[3];
    double loss = 0;
    int[] rows = rows(request);
    for (int row : rows) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += 1f / (row + i + 1);
      }
      loss += 1.0 / (row + 1);
    }
    return new WorkResult(
        new WorkAnswer.Done(
            request.id(), request.weights().version(), rows.length, loss, 0, null, 1, 1),
        request.id().kind() == Work.Kind.EVALUATION ? new float[0] : gradient,
        BILL);
  }

  static Behaviour failing(WorkerException.Kind kind, Bill bill) {
    return request -> CompletableFuture.failedFuture(failure(kind, bill));
  }

  static WorkerException failure(WorkerException.Kind kind, Bill bill) {
    return new WorkerException(kind, "as the test says", bill, null);
  }
}
