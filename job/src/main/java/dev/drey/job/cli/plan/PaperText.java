package dev.drey.job.cli.plan;

import static dev.drey.job.cli.shell.TextTable.Column.NUMBERS;
import static dev.drey.job.cli.shell.TextTable.Column.WORDS;

import dev.drey.job.cli.shell.TextTable;
import dev.drey.job.plan.ModelFit;
import dev.drey.job.plan.PaperCase;
import java.util.List;
import java.util.Locale;

/**
 * The paper's table for people: measured and predicted seconds, and our structure against theirs.
 */
final class PaperText {

  private PaperText() {}

  static String of(List<PaperCase> cases) {
    StringBuilder text =
        new StringBuilder(
            """
            Feng, Kudva, Da Silva, Hu: "Exploring Serverless Computing for Neural Network Training",
            IEEE CLOUD 2018. Seconds per iteration: published, and by the model T = base + per sum x
            sums + per hop x hops fitted to all ten structures, and to the nine others.
            """);
    cases.forEach(one -> text.append('\n').append(of(one)));
    return text.toString();
  }

  private static String of(PaperCase one) {
    return "case "
        + one.measured().name()
        + ": "
        + one.measured().slots()
        + " workers of "
        + one.measured().memoryMb()
        + " MB\n"
        + FitText.of(one.fit())
        + "\n"
        + choice(one);
  }

  private static String choice(PaperCase one) {
    ModelFit.Row theirs = one.chosen();
    TextTable table = new TextTable(List.of(WORDS, WORDS, NUMBERS, NUMBERS));
    table.row("", "structure", "seconds", "dollars");
    row(table, "best by the model, not measured", one.best().toString(), one.bestSeconds(), one);
    String structure = theirs.measurement().structure().toString();
    row(table, "the paper's choice, by the model", structure, theirs.predicted(), one);
    row(table, "the paper's choice, measured", structure, theirs.measurement().seconds(), one);
    return table.toString();
  }

  private static void row(
      TextTable table, String name, String structure, double seconds, PaperCase one) {
    table.row(
        name,
        structure,
        String.format(Locale.ROOT, "%.2f", seconds),
        String.format(Locale.ROOT, "%.4f", one.dollars(seconds)));
  }
}
