package dev.drey.job.cli;

import dev.drey.job.model.Summary;
import dev.drey.job.run.Outcome;
import dev.drey.job.spec.WorkerRuntime;
import java.nio.file.Path;
import java.util.Locale;

/** What a user reads when a run is over. */
final class LastLine {

  private static final double LEAST_SHOWN = 0.0001;

  private LastLine() {}

  static String of(Outcome outcome, WorkerRuntime runtime, Path directory) {
    Summary summary = outcome.summary();
    return String.format(
        Locale.ROOT,
        "%s%s after %,d steps in %.1f s: %,d invocations, %s; model in %s",
        why(outcome.ending()),
        result(summary),
        summary.steps(),
        summary.seconds(),
        summary.invocations(),
        cost(summary.dollars(), runtime),
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
