package dev.drey.benchmarks.chaos;

import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The client of the service, with faults injected between it and dispatch. */
final class ChaosWorkers implements GradientWorker {

  private static final long LATE_MILLIS = 1500;

  private final GradientWorker real;
  private final Orders orders;

  private ChaosWorkers(GradientWorker real, Orders orders) {
    this.real = real;
    this.orders = orders;
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    return switch (claim().orElse(InjectedFault.WORKER_STRAGGLES)) {
      case CALL_THROTTLED -> failed(WorkerException.Kind.THROTTLED);
      case CALL_UNAVAILABLE -> failed(WorkerException.Kind.UNAVAILABLE);
      case ANSWER_LOST -> real.compute(request).thenCompose(lost -> new CompletableFuture<>());
      case ANSWER_LATE ->
          real.compute(request)
              .thenApplyAsync(
                  late -> late,
                  CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS));
      default -> real.compute(request);
    };
  }

  private Optional<InjectedFault> claim() {
    try {
      return orders.claim(InjectedFault.Site.CALL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletableFuture<WorkResult> failed(WorkerException.Kind kind) {
    return CompletableFuture.failedFuture(
        new WorkerException(kind, "chaos: " + kind, Bill.NOTHING, null));
  }

  @Override
  public void close() {
    real.close();
  }

  /**
   * Opens it where the operator runs.
   *
   * @param real the client behind it
   * @param orders directory
   */
  record Provider(GradientWorker.Provider real, String orders) implements GradientWorker.Provider {

    private static final long serialVersionUID = 1L;

    @Override
    public GradientWorker open() throws Exception {
      return new ChaosWorkers(real.open(), new Orders(Path.of(orders)));
    }
  }
}
