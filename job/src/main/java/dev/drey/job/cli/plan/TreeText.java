package dev.drey.job.cli.plan;

import static dev.drey.job.cli.shell.TextTable.Column.NUMBERS;
import static dev.drey.job.cli.shell.TextTable.Column.WORDS;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.ShardedTreePlanner;
import dev.drey.job.cli.shell.TextTable;
import dev.drey.job.plan.FittedCase;
import dev.drey.job.plan.TreeAdvice;
import java.util.List;
import java.util.Locale;

/** Structures planned without a whole run, as text. */
final class TreeText {

  private TreeText() {}

  /**
   * A structure by a profile.
   *
   * @param free the best with any number of shards
   * @param source of the profile's constants
   */
  static String of(
      TreeAdvice advice, ShardedTreePlanner.Choice free, int parameters, String source) {
    return String.format(
            Locale.ROOT,
            "The tree of %,d workers and %,d parameters on %s,%nmodelled, not measured. Constants: %s.%n%n",
            advice.best().slots(),
            parameters,
            PlanText.place(advice.model().placement()),
            source)
        + table(advice, "tree s")
        + String.format(
            Locale.ROOT,
            "%nWith the number of shards free: %d, structure %s, %s s (%s).%n",
            free.shards(),
            free.structure(),
            Digits.of(free.seconds()),
            PlanText.compared(free.seconds(), advice.model().seconds(advice.best())));
  }

  /** Structures by measurements, one for each case. */
  static String of(List<FittedCase> fits, List<TreeAdvice> advices) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fits.size(); i++) {
      text.append(i == 0 ? "" : "\n")
          .append(fit(fits.get(i)))
          .append('\n')
          .append(table(advices.get(i), "step s"));
    }
    return text.toString();
  }

  /** The constants fitted to a case. */
  static String fit(FittedCase fitted) {
    String name = fitted.measured().name();
    return "measured"
        + (name.isEmpty() ? "" : ", case " + name)
        + ": "
        + fitted.measured().rows().size()
        + " structures on "
        + PlanText.place(fitted.measured().placement())
        + "\n"
        + FitText.of(fitted.fit());
  }

  private static String table(TreeAdvice advice, String time) {
    TextTable table = new TextTable(List.of(WORDS, WORDS, NUMBERS, NUMBERS));
    table.row("modelled", "structure", time, "time");
    row(table, "recommended", advice.best(), advice);
    advice.others().forEach(other -> row(table, other.name(), other.structure(), advice));
    return table.toString();
  }

  private static void row(TextTable table, String name, Structure structure, TreeAdvice advice) {
    double seconds = advice.model().seconds(structure);
    table.row(
        name,
        structure.toString(),
        Digits.of(seconds),
        PlanText.compared(seconds, advice.model().seconds(advice.best())));
  }
}
