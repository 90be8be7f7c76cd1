package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests for the admission of rounds that wait for their answers. Not thread-safe. */
final class AdmissionQueue {

  private final Map<Round, List<Waiting>> requests =
      new TreeMap<>(Comparator.comparingLong(Round::step).thenComparing(Round::kind));

  /**
   * A request that waits.
   *
   * @param seen weights that the answer must not have; null if any will do
   */
  private record Waiting(@Nullable Weights seen, CompletableFuture<Admission> answer) {}

  /** Decides on requests. */
  interface Decision {
    /** The answer; null if the request has to wait. */
    @Nullable Admission of(Round round, @Nullable Weights seen);
  }

  /** Adds a request; returns its answer. */
  CompletableFuture<Admission> add(Round round, @Nullable Weights seen) {
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    requests.computeIfAbsent(round, r -> new ArrayList<>()).add(new Waiting(seen, answer));
    return answer;
  }

  /** The rounds that are asked for. */
  Set<Round> rounds() {
    return requests.keySet();
  }

  /**
   * Answers all requests that need not wait any more, in the order of steps. Answering may add
   * requests.
   */
  void answer(Decision decision) {
    for (Round round : List.copyOf(requests.keySet())) {
      List<Waiting> unanswered = new ArrayList<>();
      for (Waiting request : requests.remove(round)) {
        Admission admission = decision.of(round, request.seen);
        if (admission == null) {
          unanswered.add(request);
        } else {
          request.answer.complete(admission);
        }
      }
      if (!unanswered.isEmpty()) {
        requests.put(round, unanswered);
      }
    }
  }

  /** Fails all requests. */
  void fail(Throwable cause) {
    List<Waiting> all = requests.values().stream().flatMap(List::stream).toList();
    requests.clear();
    all.forEach(request -> request.answer.completeExceptionally(cause));
  }
}
