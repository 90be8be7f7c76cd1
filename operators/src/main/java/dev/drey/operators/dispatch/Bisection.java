package dev.drey.operators.dispatch;

import dev.drey.core.parameters.Range;
import dev.drey.core.worker.WorkerException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the examples that a mini-batch fails for. Halves of what fails are probed, and their
 * halves, level by level; an example is condemned when it fails by itself. It is no matter of
 * single examples if all four quarters fail, or if so many are faulty that the probes run out: then
 * all that is still suspect is condemned. Not thread-safe.
 *
 * <p>One faulty example among n takes about 2 log2(n) probes.
 */
final class Bisection {

  private static final int QUARTERS = 4;

  private final int rows;
  private final int attempts;
  private final Deque<Suspect> suspects = new ArrayDeque<>();
  private final NavigableMap<Integer, WorkerException> condemned = new TreeMap<>();
  private int probesLeft;
  private int failedQuarters;

  /** Examples that are part of what failed. */
  private record Suspect(Range rows, int level, int failures, WorkerException last) {

    boolean isSingle() {
      return rows.length() == 1;
    }
  }

  /**
   * Suspects all rows.
   *
   * @param rows how many there are, at least 1
   * @param attempts after which a single example is condemned, at least 1
   * @param failure of the rows together, for the last time
   */
  Bisection(int rows, int attempts, WorkerException failure) {
    this.rows = rows;
    this.attempts = attempts;
    this.probesLeft = mostProbes(rows);
    Suspect all = new Suspect(new Range(0, rows), 0, attempts, failure);
    if (all.isSingle()) {
      condemn(all);
    } else {
      split(all);
    }
  }

  /** At most so many rows are probed for: 4 ceil(log2 rows) + 8. */
  static int mostProbes(int rows) {
    return 4 * (Integer.SIZE - Integer.numberOfLeadingZeros(rows - 1)) + 8;
  }

  /** The rows to compute next, by themselves; empty when all is known. */
  Optional<Range> next() {
    return Optional.ofNullable(suspects.peek()).map(Suspect::rows);
  }

  /** The rows of {@link #next} could be computed. */
  void passed() {
    suspects.remove();
    probed();
  }

  /** The rows of {@link #next} could not be computed. */
  void failed(WorkerException failure) {
    Suspect probe = suspects.remove();
    Suspect suspect = new Suspect(probe.rows(), probe.level(), probe.failures() + 1, failure);
    if (suspect.level() == 2 && suspect.failures() == 1 && rows >= QUARTERS) {
      failedQuarters++;
    }
    if (!suspect.isSingle()) {
      split(suspect);
    } else if (!failure.kind().retryable() || suspect.failures() >= attempts) {
      condemn(suspect);
    } else {
      suspects.push(suspect);
    }
    if (failedQuarters == QUARTERS) {
      suspects.clear();
      condemn(new Suspect(new Range(0, rows), 0, 1, failure));
    }
    probed();
  }

  private void split(Suspect suspect) {
    Range range = suspect.rows();
    int middle = range.from() + range.length() / 2;
    for (Range half :
        new Range[] {new Range(range.from(), middle), new Range(middle, range.to())}) {
      suspects.add(new Suspect(half, suspect.level() + 1, 0, suspect.last()));
    }
  }

  private void probed() {
    if (--probesLeft == 0) {
      suspects.forEach(this::condemn);
      suspects.clear();
    }
  }

  private void condemn(Suspect suspect) {
    for (int row = suspect.rows().from(); row < suspect.rows().to(); row++) {
      condemned.put(row, suspect.last());
    }
  }

  /** The faulty rows found so far, each with its failure. The caller must not change it. */
  NavigableMap<Integer, WorkerException> condemned() {
    return condemned;
  }
}
