package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.metric.MetricName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * The metrics of a dispatch task. Times are summed over slots: divide their growth by steps and
 * slots to get the mean per slot. Thread-safe.
 */
final class DispatchMetrics {

  private static final int NANOS_PER_MICRO = 1000;

  private final LongSupplier nanoTime;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Counter invocations;
  private final Counter retries;
  private final Counter weightBytes;
  private final Counter gradientBytes;
  private final Counter coldStarts;
  private final Counter billedMillis;
  private final Counter hedges;
  private final Counter hedgesWon;
  private final Counter probes;
  private final Counter stopped;
  private final Counter permitMicros;
  private final Counter invocationMicros;
  private final Counter workerMicros;
  private final Counter computeMicros;
  private final Map<WorkerException.Kind, Counter> failed =
      new EnumMap<>(WorkerException.Kind.class);
  private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
  private volatile LongSupplier softDeadline = () -> 0;
  private volatile long staleness;

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
    retries = group.counter("retries", new ThreadSafeSimpleCounter());
    weightBytes = group.counter("weightBytes", new ThreadSafeSimpleCounter());
    gradientBytes = group.counter("gradientBytes", new ThreadSafeSimpleCounter());
    group.gauge("staleness", () -> staleness);
    coldStarts = group.counter("coldStarts", new ThreadSafeSimpleCounter());
    billedMillis = group.counter("billedMillis", new ThreadSafeSimpleCounter());
    hedges = group.counter("hedges", new ThreadSafeSimpleCounter());
    hedgesWon = group.counter("hedgesWon", new ThreadSafeSimpleCounter());
    group.gauge("softDeadlineMillis", () -> softDeadline.getAsLong());
    probes = group.counter("probes", new ThreadSafeSimpleCounter());
    stopped = group.counter("droppedStopped", new ThreadSafeSimpleCounter());
    permitMicros = group.counter("permitMicros", new ThreadSafeSimpleCounter());
    invocationMicros = group.counter("invocationMicros", new ThreadSafeSimpleCounter());
    workerMicros = group.counter("workerMicros", new ThreadSafeSimpleCounter());
    computeMicros = group.counter("computeMicros", new ThreadSafeSimpleCounter());
    for (WorkerException.Kind kind : WorkerException.Kind.values()) {
      failed.put(kind, group.counter(MetricName.of("failed", kind), new ThreadSafeSimpleCounter()));
    }
    for (DropReason reason : DropReason.values()) {
      dropped.put(
          reason, group.counter(MetricName.of("dropped", reason), new ThreadSafeSimpleCounter()));
    }
  }

  void waiting(int change) {
    waiting.addAndGet(change);
  }

  /** The start of the next stage, in nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /**
   * @param since when the call began to wait for its permit
   */
  void permitted(long since) {
    permitMicros.inc((now() - since) / NANOS_PER_MICRO);
  }

  /**
   * @param parameters of the weights that the invocation computes with
   * @param lacking how many versions the weights are behind their step
   */
  void sent(int parameters, long lacking) {
    inFlight.incrementAndGet();
    invocations.inc();
    weightBytes.inc((long) parameters * Float.BYTES);
    staleness = lacking;
  }

  /** Another attempt is sent after one that failed. */
  void retried() {
    retries.inc();
  }

  /**
   * @param values of a result
   */
  void received(int values) {
    gradientBytes.inc((long) values * Float.BYTES);
  }

  /** A second invocation was sent beside the first. */
  void hedged() {
    hedges.inc();
  }

  /** The second one answered first. */
  void hedgeWon() {
    hedgesWon.inc();
  }

  /**
   * @param millis after which gradients are hedged; 0 while that is not known
   */
  void softDeadline(LongSupplier millis) {
    softDeadline = millis;
  }

  /** A part of a mini-batch is sent, to find its faulty examples. */
  void probed() {
    probes.inc();
  }

  /**
   * @param sent when the invocation was sent; it has ended now, successfully or not
   */
  void answered(long sent) {
    inFlight.decrementAndGet();
    invocationMicros.inc((now() - sent) / NANOS_PER_MICRO);
  }

  /** The times that the worker reports. */
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

  void failed(WorkerException.Kind kind) {
    failed.get(kind).inc();
  }

  void dropped(List<Dropped> examples) {
    examples.forEach(some -> dropped.get(some.reason()).inc(some.count()));
  }

  void stopped() {
    stopped.inc();
  }
}
