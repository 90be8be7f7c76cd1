package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.data.Batch;
import dev.drey.core.parameters.Range;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Blame;
import dev.drey.core.worker.WorkerException.Kind;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * Computes what a slot was offered, without the examples that no worker can compute. These are
 * found by {@link Bisection}; what is left is then computed in one request, so that the bits depend
 * on which examples are left and not on how that was found. If that fails too, all are lost.
 */
final class Computation {

  private final Offered offered;
  private final int attempts;
  private final Way way;
  private final NavigableMap<Integer, Offered.Loss> losses = new ConcurrentSkipListMap<>();

  /** How examples are computed. A failure for which they may be to blame is about them. */
  interface Way {
    /** With all the attempts that there are. */
    CompletableFuture<WorkResult> compute(Batch examples);

    /** With a single one. */
    CompletableFuture<WorkResult> probe(Batch examples);

    /** Whether the time is over: a failure says nothing about examples then. */
    boolean isOver();
  }

  /**
   * @param attempts after which a single example is given up, at least 1
   */
  Computation(Offered offered, int attempts, Way way) {
    this.offered = offered;
    this.attempts = attempts;
    this.way = way;
  }

  /** The sum over all examples but the {@link #losses}; empty if none is left. */
  CompletableFuture<Optional<WorkResult>> run() {
    return orElse(way.compute(offered.all()), this::bisect);
  }

  /** The examples found faulty so far, by their place; may be asked for at any time. */
  NavigableMap<Integer, Offered.Loss> losses() {
    return losses;
  }

  private CompletableFuture<Optional<WorkResult>> bisect(WorkerException failure) {
    return probe(new Bisection(offered.count(), attempts, failure));
  }

  private CompletableFuture<Optional<WorkResult>> probe(Bisection bisection) {
    bisection.condemned().forEach(this::lose);
    Optional<Range> next = bisection.next();
    if (next.isEmpty()) {
      return rest();
    }
    return way.probe(offered.at(next.get()))
        .thenApply(result -> Optional.<WorkerException>empty())
        .exceptionallyCompose(
            thrown -> suspect(thrown, e -> CompletableFuture.completedFuture(Optional.of(e))))
        .thenCompose(
            failure -> {
              failure.ifPresentOrElse(bisection::failed, bisection::passed);
              return probe(bisection);
            });
  }

  private CompletableFuture<Optional<WorkResult>> rest() {
    if (losses.size() == offered.count()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return orElse(way.compute(offered.without(losses.keySet())), this::loseAll);
  }

  private CompletableFuture<Optional<WorkResult>> loseAll(WorkerException failure) {
    for (int place = 0; place < offered.count(); place++) {
      lose(place, failure);
    }
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private void lose(int place, WorkerException failure) {
    DropReason reason =
        failure.kind() == Kind.NOT_FINITE ? DropReason.NOT_FINITE : DropReason.FAULTY;
    losses.putIfAbsent(
        place, new Offered.Loss(reason, failure.kind() + ", " + failure.getMessage()));
  }

  private CompletableFuture<Optional<WorkResult>> orElse(
      CompletableFuture<WorkResult> result,
      Function<WorkerException, CompletableFuture<Optional<WorkResult>>> fallback) {
    return result.thenApply(Optional::of).exceptionallyCompose(e -> suspect(e, fallback));
  }

  private <T> CompletableFuture<T> suspect(
      Throwable thrown, Function<WorkerException, CompletableFuture<T>> fallback) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return !way.isOver()
            && cause instanceof WorkerException failure
            && failure.kind().blame() == Blame.EXAMPLES
        ? fallback.apply(failure)
        : CompletableFuture.failedFuture(cause);
  }
}
