package dev.drey.benchmarks.loop;

import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers at once with a prepared gradient, so that only the loop itself is measured. Every slot
 * has a gradient of its own, so that adding them up reads as much memory as in a real run.
 */
final class ReadyWorker implements GradientWorker {

  private static final ConcurrentHashMap<Integer, float[]> GRADIENTS = new ConcurrentHashMap<>();

  private final int parameters;

  private ReadyWorker(int parameters) {
    this.parameters = parameters;
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    WorkAnswer.Done answer =
        new WorkAnswer.Done(
            request.id(),
            request.weights().version(),
            request.examples().count(),
            1,
            1,
            null,
            0,
            0);
    float[] gradient =
        request.id().kind() == Work.Kind.GRADIENT
            ? GRADIENTS.computeIfAbsent(request.id().slot(), this::gradient)
            : new float[0];
    return CompletableFuture.completedFuture(new WorkResult(answer, gradient, new Bill(1, false)));
  }

  private float[] gradient(int slot) {
    SplittableRandom random = new SplittableRandom(slot);
    float[] gradient = new float[parameters];
    for (int i = 0; i < parameters; i++) {
      gradient[i] = random.nextFloat() - 0.5f;
    }
    return gradient;
  }

  @Override
  public void close() {}

  /** Forgets the gradients of the last measurement. */
  static void clear() {
    GRADIENTS.clear();
  }

  /** Opens ready workers. */
  record Provider(int parameters) implements GradientWorker.Provider {
    private static final long serialVersionUID = 1L;

    @Override
    public GradientWorker open() {
      return new ReadyWorker(parameters);
    }
  }
}
