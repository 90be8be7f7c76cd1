package dev.drey.job.cli.plan;

import static dev.drey.job.cli.shell.TextTable.Column.NUMBERS;
import static dev.drey.job.cli.shell.TextTable.Column.WORDS;

import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Placement;
import dev.drey.core.plan.Plan;
import dev.drey.core.plan.StepEstimate;
import dev.drey.job.cli.shell.TextTable;
import dev.drey.job.plan.FittedCase;
import dev.drey.job.plan.Recommendation;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A recommendation for people. */
final class PlanText {

  private final Recommendation recommendation;
  private final Plan best;
  private final StringBuilder text = new StringBuilder();

  private PlanText(Recommendation recommendation) {
    this.recommendation = recommendation;
    this.best = recommendation.best();
  }

  /** The text, with the fits to the measurements. */
  static String of(Recommendation recommendation, List<FittedCase> fits) {
    PlanText written = new PlanText(recommendation);
    fits.forEach(fit -> written.text.append(TreeText.fit(fit)).append('\n'));
    written.head();
    written.totals();
    written.parts();
    written.others();
    return written.text.toString();
  }

  private void head() {
    text.append(recommendation.problem().name()).append(": modelled, not measured\n\n");
    line("workers", "%,d", best.workers());
    line("workers.memory", "%d MB", best.memoryMb());
    line("aggregation", "structure %s", best.structure());
    line("mini-batch", "%,d examples a worker", best.miniBatch());
    if (recommendation.problem().space().localSteps().size() > 1 || best.localSteps() > 1) {
      line("local steps", "%,d", best.localSteps());
    }
    line("why", "the plan with %s", recommendation.goal().words());
    line("constants", "%s", recommendation.problem().profile().source());
    line("the tree's place", "%s", place(recommendation.problem().space().placement()));
    text.append('\n');
  }

  static String place(Placement placement) {
    return placement instanceof OnTasks tasks
        ? tasks.tasks() + " tasks of the loop, sums in " + tasks.shards() + " shards"
        : "a function for each node";
  }

  private void totals() {
    TextTable table = new TextTable(List.of(WORDS, NUMBERS, NUMBERS));
    table.row("", "seconds", "dollars");
    table.row("step", Digits.of(best.stepSeconds()), Digits.of(best.stepDollars()));
    if (recommendation.problem().epochKnown()) {
      table.row("epoch", Digits.of(best.seconds()), Digits.of(best.dollars()));
    }
    OptionalDouble epochs = recommendation.problem().epochs();
    if (epochs.isPresent()) {
      table.row(
          "run",
          Digits.of(epochs.getAsDouble() * best.seconds()),
          Digits.of(epochs.getAsDouble() * best.dollars()));
    }
    text.append(table);
    if (!recommendation.problem().epochKnown()) {
      text.append(
          "How many examples an epoch has is not known: the data do not exist, or are a stream.\n");
    }
    text.append(
        "Dollars are Lambda's price, of local workers too; Flink's own machines are not in it.\n\n");
  }

  private void parts() {
    TextTable table = new TextTable(List.of(WORDS, NUMBERS, NUMBERS));
    table.row("a step's parts", "seconds", "share");
    StepEstimate step = best.step();
    part(table, "computing", step.compute());
    part(table, "weights and gradients on their way", step.transfer());
    part(table, "waiting for a worker", step.waiting());
    part(table, "the slowest worker", step.stragglers());
    part(table, "cold starts", step.coldStarts());
    part(table, "adding up in the tree", step.tree());
    part(table, "dispatch, update, publishing", step.base());
    text.append(table).append('\n');
  }

  private void part(TextTable table, String name, double seconds) {
    table.row(
        name,
        Digits.of(seconds),
        String.format(Locale.ROOT, "%.1f %%", 100 * seconds / best.stepSeconds()));
  }

  private void others() {
    TextTable table =
        new TextTable(
            List.of(WORDS, WORDS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS));
    table.row("plan", "structure", "MB", "local", "step s", "step $", "time", "cost", "ratio");
    row(table, "recommended", best);
    recommendation.others().forEach(other -> row(table, other.name(), other.plan()));
    text.append(table);
    text.append(
        "Time, cost and ratio are of the same examples, compared with the recommended plan.\n");
    recommendation.notes().forEach(note -> text.append(note).append('\n'));
  }

  private void row(TextTable table, String name, Plan plan) {
    table.row(
        name,
        plan.structure().toString(),
        String.valueOf(plan.memoryMb()),
        String.valueOf(plan.localSteps()),
        Digits.of(plan.stepSeconds()),
        Digits.of(plan.stepDollars()),
        compared(plan.seconds(), best.seconds()),
        compared(plan.dollars(), best.dollars()),
        compared(plan.ratio(), best.ratio()));
  }

  /** As "+12 %", "-3 %", "x 4.1"; "=" if they are the same to a tenth of a percent. */
  static String compared(double value, double reference) {
    double factor = value / reference;
    if (Math.abs(factor - 1) < 5e-4) {
      return "=";
    }
    return factor < 2
        ? String.format(Locale.ROOT, "%+.1f %%", 100 * (factor - 1))
        : String.format(Locale.ROOT, "x %.1f", factor);
  }

  private void line(String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-16s  ", name))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
