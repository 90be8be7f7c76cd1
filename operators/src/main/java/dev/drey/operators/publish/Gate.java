package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.PlacedExample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which candidates are published, one at a time, in the order of their versions. Not
 * thread-safe.
 */
final class Gate {

  private final ComparisonWindows windows;
  private final Deque<Candidate> waiting = new ArrayDeque<>();
  private @Nullable Candidate published;

  /** What to do next about the oldest candidate. */
  sealed interface Next {

    /** Nothing: there is no candidate, or its window is not closed. */
    record Wait() implements Next {}

    /** It is decided without a comparison. */
    record Decided(Verdict verdict) implements Next {}

    /**
     * It must be compared with the published version.
     *
     * @param published the version that was published last
     * @param examples the examples of its window, at least one
     */
    record Compare(Candidate candidate, Candidate published, List<PlacedExample> examples)
        implements Next {}
  }

  Gate(ComparisonWindows windows) {
    this.windows = windows;
  }

  void add(StreamBatch batch) {
    windows.add(batch);
  }

  /** Adds a candidate; its version must be above those of earlier candidates. */
  void add(Candidate candidate) {
    waiting.add(candidate);
  }

  /**
   * What to do next.
   *
   * @param ended whether the inputs have ended, so that open windows count as closed
   */
  Next next(boolean ended) {
    Candidate candidate = waiting.peek();
    if (candidate == null) {
      return new Next.Wait();
    }
    if (published == null) {
      return new Next.Decided(Verdict.FIRST);
    }
    if (!ended && !windows.isClosed(candidate.version())) {
      return new Next.Wait();
    }
    List<PlacedExample> examples = windows.examples(candidate.version());
    return examples.isEmpty()
        ? new Next.Decided(Verdict.NOTHING_AFTER_IT)
        : new Next.Compare(candidate, published, examples);
  }

  /**
   * Records the verdict on the oldest candidate.
   *
   * @return the candidate
   */
  Candidate decide(Verdict verdict) {
    Candidate candidate = waiting.remove();
    if (verdict.outcome() == Verdict.Outcome.PUBLISHED) {
      published = candidate;
    }
    windows.decided(candidate.version());
    return candidate;
  }

  /** The undecided candidates, oldest first. */
  List<Candidate> waiting() {
    return List.copyOf(waiting);
  }

  /** The version that was published last, if any. */
  Optional<Candidate> published() {
    return Optional.ofNullable(published);
  }

  /** Restores the version that was published last. */
  void published(Candidate candidate) {
    published = candidate;
  }
}
