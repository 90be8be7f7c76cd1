package dev.drey.operators.loop;

import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.TestingWeightStore;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Computes a {@link TestingRun}'s gradients, in random order, and fails where it is asked to. */
final class PureWorker implements GradientWorker {

  private static final Map<String, Orders> ORDERS = new ConcurrentHashMap<>();

  /** What the workers of one test are to do, and how far they are. */
  static final class Orders {
    /** Steps at which something fails, once each. */
    final Set<Long> failAt = ConcurrentHashMap.newKeySet();

    /** Whether a worker fails that would fail again; else a task of the job does. */
    volatile boolean hopeless;

    /** Slots of training steps that are never answered: "17/3" is slot 3 of step 17. */
    final Set<String> silent = ConcurrentHashMap.newKeySet();

    /** Training rows that every request fails on that has one of them. */
    final Set<Integer> poison = ConcurrentHashMap.newKeySet();

    /** The offset from which on records of a stream are of another kind, and lose more. */
    volatile long driftAt = Long.MAX_VALUE;

    /** The longest time that an answer takes. */
    volatile int mostMillis = 2;

    /** The highest step that was asked for. */
    final AtomicLong furthest = new AtomicLong(-1);

    /** How often something failed. */
    final AtomicLong failures = new AtomicLong();

    /** Whether it is to fail now. */
    boolean fails(long step) {
      boolean now = failAt.remove(step);
      if (now) {
        failures.incrementAndGet();
      }
      return now;
    }
  }

  static Orders orders(String id) {
    return ORDERS.computeIfAbsent(id, i -> new Orders());
  }

  static void forget(String id) {
    ORDERS.remove(id);
  }

  private final String id;

  PureWorker(String id) {
    this.id = id;
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    Orders orders = orders(id);
    long step = request.id().step();
    orders.furthest.accumulateAndGet(step, Math::max);
    if (orders.hopeless && request.id().kind() == Work.Kind.GRADIENT && orders.fails(step)) {
      return CompletableFuture.failedFuture(
          new WorkerException(
              WorkerException.Kind.REJECTED, "as the test says", Bill.NOTHING, null));
    }
    if (request.id().kind() == Work.Kind.GRADIENT) {
      if (orders.silent.contains(step + "/" + request.id().slot())) {
        return new CompletableFuture<>();
      }
      if (Arrays.stream(rows(request)).anyMatch(orders.poison::contains)) {
        return CompletableFuture.failedFuture(
            new WorkerException(
                WorkerException.Kind.BAD_DATA, "a poisoned row", new Bill(1, false), null));
      }
    }
    int millis = ThreadLocalRandom.current().nextInt(orders.mostMillis + 1);
    return CompletableFuture.supplyAsync(
        () -> result(request), CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  private static int[] rows(WorkRequest request) {
    return ((Examples.Rows) request.examples()).rows();
  }

  private WorkResult result(WorkRequest request) {
    int[] rows = rows(request);
    boolean gradient = request.id().kind() == Work.Kind.GRADIENT;
    return new WorkResult(
        new WorkAnswer.Done(
            request.id(), request.weights().version(), rows.length, rows.length, 0, null, 1, 1),
        gradient
            ? TestingRun.gradient(
                request.id().step(), request.id().slot(), rows, weights(request.weights()))
            : new float[0],
        new Bill(1, false));
  }

  private float[] weights(Weights weights) {
    TestingWeightStore store = TestingWeightStore.of(id);
    float[] vector = new float[TestingRun.PARAMETERS];
    for (Weights.Part part : weights.parts()) {
      Range range = part.range();
      System.arraycopy(store.floats(part.blob()), 0, vector, range.from(), range.length());
    }
    return vector;
  }

  @Override
  public void close() {}
}
