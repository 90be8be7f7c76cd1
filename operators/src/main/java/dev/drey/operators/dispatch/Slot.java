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
 * One slot of a round that was admitted: it is computed, or left out once its time is over.
 * Thread-safe.
 */
final class Slot implements Computation.Way {

  private final Offered offered;
  private final Means means;
  private final Errand errand;
  private final SlotWeights weights;
  private final Computation computation;
  private final CompletableFuture<PartialSum> sum = new CompletableFuture<>();

  /**
   * What slots have in common.
   *
   * @param zeros of all parameters
   */
  record Means(
      Attempts attempts,
      Retries retries,
      SharedGate gate,
      Alarms alarms,
      LateBills lateBills,
      DispatchMetrics metrics,
      Slice zeros) {}

  /** Its time counts from now. */
  Slot(Offered offered, Weights first, Means means) {
    this.offered = offered;
    this.means = means;
    this.errand =
        new Errand(means.alarms(), means.lateBills(), means.attempts().deadlines().slot());
    this.weights = new SlotWeights(means.gate(), offered.round(), first);
    this.computation = new Computation(offered, means.attempts().most(), this);
  }

  /**
   * Computes it.
   *
   * @return fails with a {@link SlotFailedException}, or as the gate
   */
  CompletableFuture<PartialSum> run() {
    if (offered.count() == 0) {
      sum.complete(sum(Optional.empty(), new TreeMap<>()));
      return sum;
    }
    Alarms.Alarm alarm = means.alarms().after(means.attempts().deadlines().slot(), this::late);
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
    var unusedEnd = sum.whenComplete((value, thrown) -> alarm.cancel());
    return sum;
  }

  @Override
  public CompletableFuture<WorkResult> compute(Batch examples) {
    return means.retries().compute(examples, weights, errand);
  }

  @Override
  public CompletableFuture<WorkResult> probe(Batch examples) {
    means.metrics().probed();
    return means.retries().probe(examples, weights, errand);
  }

  @Override
  public boolean isOver() {
    return errand.isOver();
  }

  private void done(Optional<WorkResult> result) {
    if (errand.end()) {
      sum.complete(sum(result, computation.losses()));
    }
  }

  private void failed(Throwable cause) {
    if (!(cause instanceof WorkerException failure)) {
      errand.end();
      sum.completeExceptionally(cause);
    } else if (errand.left().isZero()) {
      late();
    } else if (errand.end()) {
      sum.completeExceptionally(
          SlotFailedException.failed(offered.all(), errand.attempts(), failure));
    }
  }

  private void late() {
    if (errand.end()) {
      var unused =
          means.gate().leaveOut(offered.round(), offered.all().slot()).whenComplete(this::leaveOut);
    }
  }

  private void leaveOut(@Nullable Boolean granted, @Nullable Throwable thrown) {
    if (thrown != null) {
      sum.completeExceptionally(thrown);
    } else if (Boolean.TRUE.equals(granted)) {
      NavigableMap<Integer, Offered.Loss> losses = new TreeMap<>(computation.losses());
      Offered.Loss late = new Offered.Loss(DropReason.LATE, lateness());
      for (int place = 0; place < offered.count(); place++) {
        losses.putIfAbsent(place, late);
      }
      sum.complete(sum(Optional.empty(), losses));
    } else {
      sum.completeExceptionally(SlotFailedException.refused(lateness(), errand.failure()));
    }
  }

  private String lateness() {
    return SlotFailedException.late(
        offered.all(), means.attempts().deadlines().slot(), errand.attempts(), errand.failure());
  }

  private PartialSum sum(Optional<WorkResult> result, NavigableMap<Integer, Offered.Loss> losses) {
    Batch miniBatch = offered.all();
    boolean training = offered.round().isTraining();
    Slice values = result.map(r -> Slice.of(r.values())).orElse(means.zeros());
    // What fails in a replay was counted, or dropped, when it was new.
    List<Dropped> dropped = miniBatch.replayed() ? List.of() : offered.dropped(losses);
    means.metrics().dropped(dropped);
    return new PartialSum(
        offered.round(),
        new Range(0, training ? means.zeros().length() : 0),
        new Range(miniBatch.slot(), miniBatch.slot() + 1),
        tally(result, errand.settle(), miniBatch.replayed()),
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
