package dev.drey.operators.dispatch;

import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * What a dispatch task counts. Times are summed over slots: what one slot's share of a step took is
 * the sum's growth per step and slot. Thread-safe.
 */
final class DispatchMetrics {

  private static final int NANOS_PER_MICRO = 1000;

  private final LongSupplier nanoTime;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Counter invocations;
  private final Counter coldStarts;
  private final Counter billedMillis;
  private final Counter stopped;
  private final Counter permitMicros;
  private final Counter invocationMicros;
  private final Counter workerMicros;
  private final Counter computeMicros;
  private final Map<WorkerException.Kind, Counter> failed =
      new EnumMap<>(WorkerException.Kind.class);

  DispatchMetrics(MetricGroup group) {
    this(group, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  DispatchMetrics(MetricGroup group, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    group.gauge("inFlight", inFlight::get);
    group.gauge("waiting", waiting::get);
    invocations = group.counter("invocations", new ThreadSafeSimpleCounter());
    coldStarts = group.counter("coldStarts", new ThreadSafeSimpleCounter());
    billedMillis = group.counter("billedMillis", new ThreadSafeSimpleCounter());
    stopped = group.counter("droppedStopped", new ThreadSafeSimpleCounter());
    permitMicros = group.counter("permitMicros", new ThreadSafeSimpleCounter());
    invocationMicros = group.counter("invocationMicros", new ThreadSafeSimpleCounter());
    workerMicros = group.counter("workerMicros", new ThreadSafeSimpleCounter());
    computeMicros = group.counter("computeMicros", new ThreadSafeSimpleCounter());
    for (WorkerException.Kind kind : WorkerException.Kind.values()) {
      failed.put(kind, group.counter(name(kind), new ThreadSafeSimpleCounter()));
    }
  }

  /** TIMED_OUT becomes failedTimedOut. */
  private static String name(WorkerException.Kind kind) {
    StringBuilder name = new StringBuilder("failed");
    for (String word : kind.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  void waiting(int change) {
    waiting.addAndGet(change);
  }

  /** The time from which the next stage is counted, nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /**
   * @param admitted when the slot's round was admitted, or tried again: it waited for a permit
   *     since
   */
  void sent(long admitted) {
    inFlight.incrementAndGet();
    invocations.inc();
    permitMicros.inc((now() - admitted) / NANOS_PER_MICRO);
  }

  /**
   * @param sent when the invocation went out; it ended now, well or not
   */
  void answered(long sent) {
    inFlight.decrementAndGet();
    invocationMicros.inc((now() - sent) / NANOS_PER_MICRO);
  }

  /** Where the worker says that the time went. */
  void done(WorkAnswer.Done answer) {
    workerMicros.inc(answer.totalMicros());
    computeMicros.inc(answer.computeMicros());
  }

  void billed(Bill bill) {
    billedMillis.inc(bill.billedMillis());
    if (bill.coldStart()) {
      coldStarts.inc();
    }
  }

  void failed(WorkerException failure) {
    failed.get(failure.kind()).inc();
    billed(failure.bill());
  }

  void stopped() {
    stopped.inc();
  }
}
