package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.Batch;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.alarm.Alarms;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One slot of an admitted round: computes its sum, or leaves the slot out once its time is over.
 * Thread-safe.
 */
final class Slot implements Computation.Invoker {

  private final SlotExamples examples;
  private final Services services;
  private final CallAccount account;
  private final SlotWeights weights;
  private final Computation computation;
  private final CompletableFuture<Optional<PartialSum>> sum = new CompletableFuture<>();
  private volatile Alarms.Alarm deadline = () -> {};

  /**
   * What all slots of a task use.
   *
   * @param zeros one for each parameter, the sum of a slot without examples
   */
  record Services(
      Attempts attempts,
      Retries retries,
      SharedGate gate,
      Alarms alarms,
      LateBills lateBills,
      DispatchMetrics metrics,
      Slice zeros) {}

  /** The slot's time starts now. */
  Slot(SlotExamples examples, Weights first, Services services) {
    this.examples = examples;
    this.services = services;
    this.account =
        new CallAccount(services.alarms(), services.lateBills(), services.attempts().deadlines());
    this.weights = new SlotWeights(services.gate(), examples.round(), first);
    this.computation = new Computation(examples, services.attempts().most(), this);
  }

  /**
   * Computes the sum.
   *
   * @return empty if it was given up; fails with a {@link SlotFailedException}, or as the gate
   */
  CompletableFuture<Optional<PartialSum>> run() {
    if (examples.count() == 0) {
      complete(Optional.empty(), new TreeMap<>());
      return sum;
    }
    awaitDeadline();
    var unusedResult =
        computation
            .run()
            .whenComplete(
                (result, thrown) -> {
                  if (thrown == null) {
                    done(result);
                  } else {
                    failed(thrown instanceof CompletionException ? thrown.getCause() : thrown);
                  }
                });
    var unusedEnd = sum.whenComplete((value, thrown) -> deadline.cancel());
    return sum;
  }

  private void awaitDeadline() {
    deadline = services.alarms().after(account.left(), this::deadlinePassed);
  }

  private void deadlinePassed() {
    if (account.left().isZero()) {
      late();
    } else if (!sum.isDone()) {
      awaitDeadline(); // there were pauses
    }
  }

  @Override
  public CompletableFuture<WorkResult> compute(Batch batch) {
    return services.retries().compute(batch, weights, account);
  }

  @Override
  public CompletableFuture<WorkResult> probe(Batch batch) {
    services.metrics().probed();
    return services.retries().probe(batch, weights, account);
  }

  @Override
  public boolean isOver() {
    return account.isOver();
  }

  /**
   * Ends it without a sum, unless the sum is known. Its examples are in no step then, and answers
   * of its invocations are ignored; their cost is not.
   */
  void giveUp() {
    if (account.end()) {
      services.lateBills().add(account.settle());
      services.metrics().stopped();
      sum.complete(Optional.empty());
    }
  }

  /** What its ended calls have cost, if no sum has carried that. */
  Tally unpaid() {
    return account.settle();
  }

  private void complete(
      Optional<WorkResult> result, NavigableMap<Integer, SlotExamples.Loss> losses) {
    sum.complete(Optional.of(sum(result, losses)));
  }

  private void done(Optional<WorkResult> result) {
    if (account.end()) {
      complete(result, computation.losses());
    }
  }

  private void failed(Throwable cause) {
    if (!(cause instanceof WorkerException failure)) {
      account.end();
      sum.completeExceptionally(cause);
    } else if (account.left().isZero()) {
      late();
    } else if (account.end()) {
      sum.completeExceptionally(
          SlotFailedException.failed(examples.all(), account.attempts(), failure));
    }
  }

  private void late() {
    if (account.end()) {
      var unused =
          services
              .gate()
              .leaveOut(examples.round(), examples.all().slot())
              .whenComplete(this::leaveOut);
    }
  }

  private void leaveOut(@Nullable Boolean granted, @Nullable Throwable thrown) {
    if (thrown != null) {
      sum.completeExceptionally(thrown);
    } else if (Boolean.TRUE.equals(granted)) {
      NavigableMap<Integer, SlotExamples.Loss> losses = new TreeMap<>(computation.losses());
      SlotExamples.Loss late = new SlotExamples.Loss(DropReason.LATE, lateness());
      for (int place = 0; place < examples.count(); place++) {
        losses.putIfAbsent(place, late);
      }
      complete(Optional.empty(), losses);
    } else {
      sum.completeExceptionally(SlotFailedException.refused(lateness(), account.failure()));
    }
  }

  private String lateness() {
    return SlotFailedException.late(
        examples.all(),
        services.attempts().deadlines().slot(),
        account.attempts(),
        account.failure());
  }

  private PartialSum sum(
      Optional<WorkResult> result, NavigableMap<Integer, SlotExamples.Loss> losses) {
    Batch miniBatch = examples.all();
    boolean training = examples.round().isTraining();
    Slice values = result.map(r -> Slice.of(r.values())).orElse(services.zeros());
    // Examples that fail in a replay were counted, or dropped, when they were new.
    List<Dropped> dropped = miniBatch.replayed() ? List.of() : examples.dropped(losses);
    services.metrics().dropped(dropped);
    return new PartialSum(
        examples.round(),
        new Range(0, training ? services.zeros().length() : 0),
        new Range(miniBatch.slot(), miniBatch.slot() + 1),
        tally(result, account.settle(), miniBatch.replayed()),
        dropped,
        miniBatch.intake(),
        training ? values : Slice.EMPTY);
  }

  private static Tally tally(Optional<WorkResult> result, Tally cost, boolean replayed) {
    return result
        .map(WorkResult::answer)
        .map(Slot::score)
        .map(score -> replayed ? score.asReplayed() : score)
        .map(score -> score.plus(cost))
        .orElse(cost);
  }

  private static Tally score(WorkAnswer.Done done) {
    return new Tally(
        done.examples(), done.lossSum(), done.correct(), 0, 0, 0, done.absoluteErrorSum());
  }
}
