package dev.drey.connectors.process;

import dev.drey.connectors.transport.OpenCalls;
import dev.drey.connectors.transport.Transport;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkHandler;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Workers that are threads of this process: they run the function's handler on the same bytes. The
 * bill is the wall time of the handler in whole milliseconds, rounded up; there are no cold starts.
 */
public final class InProcessWorker implements GradientWorker {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Transport transport;
  private final OpenCalls open = new OpenCalls();
  private final Store store;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final ThreadLocal<WorkHandler> handler;
  private final ExecutorService threads;

  /**
   * Creates the thread pool.
   *
   * @param handlers creates each thread's handler
   * @param loader context class loader of the threads
   * @param concurrency number of threads, at least 1
   * @param transport how weights and results travel between the job and the handlers
   * @param store of the weights that requests reference; closed with the worker
   * @param clock for leases
   * @param nanoTime for bills
   */
  InProcessWorker(
      Supplier<WorkHandler> handlers,
      ClassLoader loader,
      int concurrency,
      TransportSettings transport,
      Store store,
      Clock clock,
      LongSupplier nanoTime)
      throws IOException {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is " + concurrency + ", must be at least 1");
    }
    this.transport = new Transport(transport, store);
    this.store = store;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.handler = ThreadLocal.withInitial(handlers);
    this.threads =
        Executors.newFixedThreadPool(
            concurrency,
            task -> {
              Thread thread = new Thread(task, "in-process-worker");
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            });
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    CompletableFuture<WorkResult> result = open.open();
    try {
      threads.execute(() -> work(request, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(OpenCalls.closed());
    }
    return result;
  }

  private void work(WorkRequest request, CompletableFuture<WorkResult> result) {
    if (result.isDone()) {
      return; // cancelled while it was queued
    }
    try {
      result.complete(work(request));
    } catch (WorkerException e) {
      result.completeExceptionally(e);
    } catch (Throwable e) { // the future must complete, or its caller waits forever
      result.completeExceptionally(
          new WorkerException(WorkerException.Kind.FAILED, e.toString(), Bill.NOTHING, e));
    }
  }

  private WorkResult work(WorkRequest request) throws WorkerException {
    if (clock.millis() > request.lease()) {
      throw new WorkerException(
          WorkerException.Kind.TIMED_OUT,
          "the lease ended before a thread was free",
          Bill.NOTHING,
          null);
    }
    byte[] message = transport.encode(request);
    long start = nanoTime.getAsLong();
    byte[] answer = handler.get().handle(message);
    long nanos = nanoTime.getAsLong() - start;
    return transport.decode(
        request, answer, new Bill(-Math.floorDiv(-nanos, NANOS_PER_MILLI), false));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    open.close();
    try (transport) {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the worker in the operator's process.
   *
   * @param function the unpacked deployment package, a file URI
   * @param nativeCache where native libraries are unpacked, a file URI
   * @param concurrency number of threads, at least 1
   * @param transport how weights and results travel between the job and the handlers
   * @param store of the weights that requests reference
   */
  public record Provider(
      URI function,
      URI nativeCache,
      int concurrency,
      TransportSettings transport,
      Store.Provider store)
      implements GradientWorker.Provider {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public GradientWorker open() throws IOException {
      FunctionClasses.Function found =
          FunctionClasses.find(Path.of(function), Path.of(nativeCache));
      return new InProcessWorker(
          found.handlers(),
          found.loader(),
          concurrency,
          transport,
          store.open(),
          Clock.systemUTC(),
          System::nanoTime);
    }
  }
}
