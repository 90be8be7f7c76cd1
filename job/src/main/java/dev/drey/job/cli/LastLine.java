package dev.drey.job.cli;

import dev.drey.job.model.Summary;
import dev.drey.job.run.Outcome;
import dev.drey.job.specification.workers.WorkerRuntime;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** The last line that a run prints. */
final class LastLine {

  private static final double LEAST_SHOWN = 0.0001;

  private LastLine() {}

  static String of(Outcome outcome, WorkerRuntime runtime, Path directory) {
    Summary summary = outcome.summary();
    return String.format(
        Locale.ROOT,
        "%s%s after %,d steps in %.1f s: %,d invocations, %s%s%s; model in %s",
        why(outcome.ending()),
        result(summary),
        summary.steps(),
        summary.seconds(),
        summary.invocations(),
        cost(summary.dollars(), runtime),
        dropped(summary),
        lost(summary),
        directory);
  }

  private static String why(Outcome.Ending ending) {
    return switch (ending) {
      case FINISHED -> "";
      case BUDGET_SPENT -> "budget spent: ";
      case INTERRUPTED -> "interrupted: ";
    };
  }

  private static String result(Summary summary) {
    if (!Double.isNaN(summary.testAccuracy())) {
      return String.format(Locale.ROOT, "test accuracy %.3f", summary.testAccuracy());
    }
    return Double.isNaN(summary.testLoss())
        ? "trained"
        : String.format(Locale.ROOT, "test loss %.4f", summary.testLoss());
  }

  /**
   * Empty if no examples were dropped; else "; 30 examples dropped (20 late, 10 faulty), 20 put
   * back".
   */
  private static String dropped(Summary summary) {
    long total = summary.dropped().values().stream().mapToLong(Long::longValue).sum();
    if (total == 0) {
      return "";
    }
    String reasons =
        summary.dropped().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    String text = String.format(Locale.ROOT, "; %,d examples dropped (%s)", total, reasons);
    return summary.putBack() == 0
        ? text
        : text + String.format(Locale.ROOT, ", %,d put back", summary.putBack());
  }

  /** Empty if no records of a stream were lost; else "; 70 records lost". */
  private static String lost(Summary summary) {
    long lost = summary.partitions().values().stream().mapToLong(Summary.Partition::lost).sum();
    return lost == 0 ? "" : String.format(Locale.ROOT, "; %,d records lost", lost);
  }

  private static String cost(double dollars, WorkerRuntime runtime) {
    String amount =
        dollars > 0 && dollars < LEAST_SHOWN
            ? "less than $0.0001"
            : String.format(Locale.ROOT, "$%,.4f", dollars);
    return runtime == WorkerRuntime.AWS
        ? "cost " + amount + " on AWS Lambda"
        : "would have cost " + amount + " on AWS Lambda";
  }
}
