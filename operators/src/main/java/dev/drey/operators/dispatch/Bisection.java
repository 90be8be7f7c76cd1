package dev.drey.operators.dispatch;

import dev.drey.core.parameters.Range;
import dev.drey.core.worker.WorkerException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the examples that make a mini-batch fail. Whatever fails is halved, and the halves are
 * probed, level by level; an example is condemned when it fails on its own. If all four quarters
 * fail, single examples are not the cause, and all examples are condemned; if the probes are used
 * up, all that are still suspect are. Not thread-safe.
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

  /** Examples that failed together. */
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

  /** The largest number of probes for so many rows: 4 ceil(log2 rows) + 8. */
  static int mostProbes(int rows) {
    return 4 * (Integer.SIZE - Integer.numberOfLeadingZeros(rows - 1)) + 8;
  }

  /** The rows to probe next; empty once the bisection is finished. */
  Optional<Range> next() {
    return Optional.ofNullable(suspects.peek()).map(Suspect::rows);
  }

  /** Reports that the rows of {@link #next} were computed. */
  void passed() {
    suspects.remove();
    probed();
  }

  /** Reports that the rows of {@link #next} failed. */
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
