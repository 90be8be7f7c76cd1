package dev.drey.operators.dispatch;

import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** What a dispatch task counts. Thread-safe. */
final class DispatchMetrics {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Counter invocations;
  private final Counter coldStarts;
  private final Counter billedMillis;
  private final Counter stopped;
  private final Map<WorkerException.Kind, Counter> failed =
      new EnumMap<>(WorkerException.Kind.class);

  DispatchMetrics(MetricGroup group) {
    group.gauge("inFlight", inFlight::get);
    group.gauge("waiting", waiting::get);
    invocations = group.counter("invocations", new ThreadSafeSimpleCounter());
    coldStarts = group.counter("coldStarts", new ThreadSafeSimpleCounter());
    billedMillis = group.counter("billedMillis", new ThreadSafeSimpleCounter());
    stopped = group.counter("droppedStopped", new ThreadSafeSimpleCounter());
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

  void sent() {
    inFlight.incrementAndGet();
    invocations.inc();
  }

  void answered() {
    inFlight.decrementAndGet();
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
