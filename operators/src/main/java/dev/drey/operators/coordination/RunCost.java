package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run has spent, and what is reserved for the rounds in progress: for each as much as the
 * dearest of the recent steps. Keeps both in a {@link BillFile} too. Not thread-safe.
 */
final class RunCost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunCost.class);
  private static final int RECENT = 32;

  private final Budget budget;
  private final ExtraCost extra = new ExtraCost();
  private final ArrayDeque<Tally> recent = new ArrayDeque<>();
  private Tally totals = Tally.ZERO;
  private Tally evaluation = Tally.ZERO;
  private Tally paidBefore = Tally.ZERO;
  private long version = -1;
  private @Nullable BillFile file;
  private BillFile.Entry saved = BillFile.Entry.NONE;

  RunCost(Budget budget) {
    this.budget = budget;
  }

  /**
   * Reads what the run has spent before this process. What was reserved then counts as spent: the
   * calls were in flight, and their bills did not arrive.
   *
   * @throws UncheckedIOException if the file cannot be read or written
   */
  void open() {
    String name = budget.file();
    if (name == null || file != null) {
      return;
    }
    Path path = Path.of(name).toAbsolutePath();
    if (!Files.isDirectory(path.getParent())) {
      LOG.warn("{} is not visible here: only checkpoints have what the run spends", path);
      return;
    }
    try {
      BillFile.Entry before = BillFile.read(path);
      paidBefore = before.spent().plus(before.reserved());
      if (before.reserved().invocations() > 0) {
        LOG.info(
            "{} invocations were in flight when the run ended; they are booked as {} ms, an upper"
                + " bound",
            before.reserved().invocations(),
            before.reserved().billedMillis());
      }
      file = BillFile.open(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parameter server reports: its totals decrease only if it was restored. */
  void observe(Progress progress) {
    totals = progress.totals();
    extra.observe(totals);
    extra.atLeast(missing(paidBefore, totals));
    evaluation = larger(evaluation, progress.evaluation());
    if (progress.version() != version) {
      version = progress.version();
      recent.addLast(progress.last());
      if (recent.size() > RECENT) {
        recent.removeFirst();
      }
    }
  }

  private static Tally missing(Tally all, Tally some) {
    return ExtraCost.cost(
        Math.max(0, all.invocations() - some.invocations()),
        Math.max(0, all.coldStarts() - some.coldStarts()),
        Math.max(0, all.billedMillis() - some.billedMillis()));
  }

  /** Adds invocations that are in no round's sum. */
  void add(Tally more) {
    extra.add(more);
  }

  /** Invocations that are missing from the parameter server's totals. */
  Tally extra() {
    return extra.cost();
  }

  /** Restores the extra cost of a checkpoint. */
  void restore(Tally checkpointed) {
    extra.atLeast(checkpointed);
  }

  private Tally spent() {
    return totals.plus(extra.cost());
  }

  boolean isBudgetSpent() {
    return budget.exhausted(spent());
  }

  /**
   * Whether the budget pays for another step, and for an evaluation, besides those in progress.
   *
   * @param stepsOut steps in progress
   */
  boolean allows(long stepsOut) {
    return budget.spent(spent().plus(reserved(stepsOut + 1)).plus(cost(evaluation)))
        <= budget.dollars();
  }

  private Tally reserved(long steps) {
    Tally most = recent.stream().reduce(Tally.ZERO, RunCost::larger);
    return ExtraCost.cost(
        steps * most.invocations(), steps * most.coldStarts(), steps * most.billedMillis());
  }

  private static Tally larger(Tally a, Tally b) {
    return ExtraCost.cost(
        Math.max(a.invocations(), b.invocations()),
        Math.max(a.coldStarts(), b.coldStarts()),
        Math.max(a.billedMillis(), b.billedMillis()));
  }

  private static Tally cost(Tally tally) {
    return ExtraCost.cost(tally.invocations(), tally.coldStarts(), tally.billedMillis());
  }

  /**
   * Writes the file, if anything has changed.
   *
   * @param stepsOut steps in progress
   */
  void save(long stepsOut) {
    BillFile.Entry now = new BillFile.Entry(larger(paidBefore, spent()), reserved(stepsOut));
    if (file == null || now.equals(saved)) {
      return;
    }
    try {
      file.write(now);
      saved = now;
    } catch (IOException e) { // the next change tries again
      LOG.warn("the bill of the run cannot be written: {}", e.toString());
    }
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
        file = null;
      }
    } catch (IOException e) {
      LOG.warn("the bill of the run cannot be closed: {}", e.toString());
    }
  }
}
