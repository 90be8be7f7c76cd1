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
 * Computes the examples of a slot, except those that no worker can compute. {@link Bisection} finds
 * these; the rest is then computed in one request, so that the bits depend only on which examples
 * remain and not on how the faulty ones were found. If that request fails too, all examples are
 * lost.
 */
final class Computation {

  private final SlotExamples examples;
  private final int attempts;
  private final Invoker invoker;
  private final NavigableMap<Integer, SlotExamples.Loss> losses = new ConcurrentSkipListMap<>();

  /** Has examples computed by workers. */
  interface Invoker {
    /** Retries up to the limit of attempts. */
    CompletableFuture<WorkResult> compute(Batch batch);

    /** Gives up at the first failure that the examples may have caused. */
    CompletableFuture<WorkResult> probe(Batch batch);

    /** Whether the slot's time is over: then a failure says nothing about the examples. */
    boolean isOver();
  }

  /**
   * @param attempts failures of a single example after which it is condemned, at least 1
   */
  Computation(SlotExamples examples, int attempts, Invoker invoker) {
    this.examples = examples;
    this.attempts = attempts;
    this.invoker = invoker;
  }

  /** Computes the sum over all examples except the {@link #losses}; empty if none is left. */
  CompletableFuture<Optional<WorkResult>> run() {
    return orElse(invoker.compute(examples.all()), this::bisect);
  }

  /** The examples found faulty so far, by their place; thread-safe. */
  NavigableMap<Integer, SlotExamples.Loss> losses() {
    return losses;
  }

  private CompletableFuture<Optional<WorkResult>> bisect(WorkerException failure) {
    return probe(new Bisection(examples.count(), attempts, failure));
  }

  private CompletableFuture<Optional<WorkResult>> probe(Bisection bisection) {
    bisection.condemned().forEach(this::lose);
    Optional<Range> next = bisection.next();
    if (next.isEmpty()) {
      return rest();
    }
    return invoker
        .probe(examples.at(next.get()))
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
    if (losses.size() == examples.count()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return orElse(invoker.compute(examples.without(losses.keySet())), this::loseAll);
  }

  private CompletableFuture<Optional<WorkResult>> loseAll(WorkerException failure) {
    for (int place = 0; place < examples.count(); place++) {
      lose(place, failure);
    }
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private void lose(int place, WorkerException failure) {
    DropReason reason =
        failure.kind() == Kind.NOT_FINITE ? DropReason.NOT_FINITE : DropReason.FAULTY;
    losses.putIfAbsent(
        place, new SlotExamples.Loss(reason, failure.kind() + ", " + failure.getMessage()));
  }

  private CompletableFuture<Optional<WorkResult>> orElse(
      CompletableFuture<WorkResult> result,
      Function<WorkerException, CompletableFuture<Optional<WorkResult>>> fallback) {
    return result.thenApply(Optional::of).exceptionallyCompose(e -> suspect(e, fallback));
  }

  private <T> CompletableFuture<T> suspect(
      Throwable thrown, Function<WorkerException, CompletableFuture<T>> fallback) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return !invoker.isOver()
            && cause instanceof WorkerException failure
            && failure.kind().blame() == Blame.EXAMPLES
        ? fallback.apply(failure)
        : CompletableFuture.failedFuture(cause);
  }
}
