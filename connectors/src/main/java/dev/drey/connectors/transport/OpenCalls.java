package dev.drey.connectors.transport;

import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls of a worker's client that have no result yet, so that closing the client can end them.
 * Thread-safe.
 */
public final class OpenCalls {

  private final Map<Long, CompletableFuture<WorkResult>> calls = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** A call that is open until somebody completes it. */
  public CompletableFuture<WorkResult> open() {
    CompletableFuture<WorkResult> call = new CompletableFuture<>();
    long number = numbers.getAndIncrement();
    calls.put(number, call);
    var unused = call.whenComplete((result, failure) -> calls.remove(number));
    return call;
  }

  /** Fails the open calls with UNAVAILABLE; to be called once no call can begin any more. */
  public void close() {
    for (CompletableFuture<WorkResult> call : calls.values()) {
      call.completeExceptionally(closed());
    }
  }

  /** What a call to a closed worker fails with. */
  public static WorkerException closed() {
    return new WorkerException(
        WorkerException.Kind.UNAVAILABLE, "the worker is closed", Bill.NOTHING, null);
  }
}
