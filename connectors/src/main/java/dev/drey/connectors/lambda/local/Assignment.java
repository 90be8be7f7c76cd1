package dev.drey.connectors.lambda.local;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * An invocation assigned to one worker: first assigned, then delivered to its runtime, then
 * finished.
 */
final class Assignment {

  private static final int TAIL_CHARS = 4096;
  private static final double NANOS_PER_MILLI = 1e6;

  /** A pending long poll of a worker's runtime for the next invocation. */
  interface NextCall {
    void answer(Invocation invocation, long deadlineMillis);
  }

  private final Invocation invocation;
  private final WorkerLog log;
  private final LongSupplier nanoTime;
  private boolean delivered;
  private long deliveredNanos;
  private long logFrom;

  Assignment(Invocation invocation, WorkerLog log, LongSupplier nanoTime) {
    this.invocation = invocation;
    this.log = log;
    this.nanoTime = nanoTime;
  }

  Invocation invocation() {
    return invocation;
  }

  String requestId() {
    return invocation.requestId();
  }

  boolean isDelivered() {
    return delivered;
  }

  void deliver(NextCall call, Duration timeout) {
    delivered = true;
    deliveredNanos = nanoTime.getAsLong();
    logFrom = log.length();
    call.answer(invocation, System.currentTimeMillis() + timeout.toMillis());
  }

  /** Milliseconds since delivery; 0 before. */
  double millis() {
    return delivered ? (nanoTime.getAsLong() - deliveredNanos) / NANOS_PER_MILLI : 0;
  }

  void finish(Reply reply, Report report) {
    String text =
        "START RequestId: "
            + requestId()
            + " Version: $LATEST\n"
            + log.since(logFrom)
            + "END RequestId: "
            + requestId()
            + "\n"
            + report.line();
    invocation.finish(reply, text.substring(Math.max(0, text.length() - TAIL_CHARS)));
  }
}
