package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.PlacedExample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about candidates, one after the other, in the order of their versions. Not thread-safe.
 */
final class Gate {

  private final ComparisonWindows windows;
  private final Deque<Candidate> waiting = new ArrayDeque<>();
  private @Nullable Candidate published;

  /** What is to be done about the oldest candidate. */
  sealed interface Next {

    /** There is none, or its window is not closed. */
    record Wait() implements Next {}

    /** It needs no comparison. */
    record Decided(Verdict verdict) implements Next {}

    /**
     * It is compared.
     *
     * @param published the version published last
     * @param examples at least one
     */
    record Compare(Candidate candidate, Candidate published, List<PlacedExample> examples)
        implements Next {}
  }

  Gate(ComparisonWindows windows) {
    this.windows = windows;
  }

  void take(StreamBatch batch) {
    windows.add(batch);
  }

  /** Takes a candidate, whose version is above those before. */
  void take(Candidate candidate) {
    waiting.add(candidate);
  }

  /**
   * What comes next.
   *
   * @param ended whether nothing more comes: windows stay as they are
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
   * The oldest candidate is decided.
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

  /** Candidates that are not decided, the oldest first. */
  List<Candidate> waiting() {
    return List.copyOf(waiting);
  }

  /** The version published last, if one was. */
  Optional<Candidate> published() {
    return Optional.ofNullable(published);
  }

  /** Goes on with it as the version published last. */
  void published(Candidate candidate) {
    published = candidate;
  }
}
