package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.Batch;
import dev.drey.core.parameters.Slice;
import dev.drey.operators.alarm.Alarms;
import dev.drey.operators.coordination.Admission;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Computes the sums of slots: waits until a slot's round is admitted, and has its examples
 * computed. Thread-safe; nothing here blocks.
 */
final class Dispatcher implements AutoCloseable {

  private final SharedGate gate;
  private final Permits permits;
  private final DispatchMetrics metrics;
  private final Sender sender;
  private final Slot.Services services;
  private final Map<Object, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
  private final Set<Slot> running = ConcurrentHashMap.newKeySet();
  private volatile boolean givenUp;

  /** Sources of time and of random numbers. */
  record Surroundings(Alarms alarms, Clock clock, RandomGenerator random) {}

  /**
   * @param surroundings all of them thread-safe
   */
  Dispatcher(
      RequestBuilder requests,
      Attempts attempts,
      SharedGate gate,
      Sender.Workforce workforce,
      Surroundings surroundings) {
    this.gate = gate;
    this.permits = workforce.permits();
    this.metrics = workforce.metrics();
    Alarms alarms = surroundings.alarms();
    this.sender =
        new Sender(requests, attempts.deadlines(), workforce, alarms, surroundings.clock());
    Attempts.Hedging hedging = attempts.hedging();
    Sending whole = hedging == null ? sender : new Hedger(hedging, sender, alarms, metrics);
    this.services =
        new Slot.Services(
            attempts,
            new Retries(attempts, whole, sender, alarms, surroundings.random()),
            gate,
            alarms,
            new LateBills(),
            metrics,
            Slice.of(new float[requests.parameters()]));
  }

  /**
   * Computes a mini-batch.
   *
   * @return the slot's sum, or empty if the run stops before it or gives it up; fails with a {@link
   *     SlotFailedException}, or as the gate. Completed on any thread
   */
  CompletableFuture<Optional<PartialSum>> dispatch(Batch miniBatch) {
    CompletableFuture<Optional<PartialSum>> sum =
        gate.await(miniBatch.round()).thenCompose(admission -> answered(miniBatch, admission));
    Object ticket = new Object();
    waiting.put(ticket, sum);
    var unused = sum.whenComplete((value, thrown) -> waiting.remove(ticket));
    return sum;
  }

  private CompletableFuture<Optional<PartialSum>> answered(Batch miniBatch, Admission admission) {
    if (givenUp || !(admission instanceof Admission.Admitted admitted)) {
      metrics.stopped();
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Slot slot = new Slot(SlotExamples.of(miniBatch, admitted.owed()), admitted.weights(), services);
    running.add(slot);
    CompletableFuture<Optional<PartialSum>> sum =
        slot.run().whenComplete((value, thrown) -> running.remove(slot));
    if (givenUp) { // meanwhile
      slot.giveUp();
    }
    return sum;
  }

  /** Completes the slots in progress, and all later ones, without a sum: the run ends. */
  void giveUp() {
    givenUp = true;
    List.copyOf(running).forEach(Slot::giveUp);
  }

  /**
   * Gives up all waiting slots; answers of workers are ignored from here on. Calls that no sum will
   * carry are paid.
   */
  @Override
  public void close() {
    permits.close();
    Tally unpaid = sender.unbilled().plus(services.lateBills().take());
    for (Slot slot : running) {
      unpaid = unpaid.plus(slot.unpaid());
    }
    if (unpaid.invocations() > 0) {
      gate.pay(unpaid);
    }
    List<CompletableFuture<?>> all = List.copyOf(waiting.values());
    all.forEach(
        sum -> sum.completeExceptionally(new CancellationException("the dispatcher is closed")));
  }
}
