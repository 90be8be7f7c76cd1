package dev.drey.job.cli.plan;

import static dev.drey.job.cli.shell.TextTable.Column.NUMBERS;
import static dev.drey.job.cli.shell.TextTable.Column.WORDS;

import dev.drey.core.plan.StepModel;
import dev.drey.job.cli.shell.TextTable;
import dev.drey.job.plan.ModelFit;
import java.util.List;
import java.util.Locale;

/** A fit for people: its constants, how good it is, a line for each measurement. */
final class FitText {

  private FitText() {}

  static String of(ModelFit fit) {
    StepModel model = fit.model();
    StringBuilder text = new StringBuilder();
    text.append(
        "base %s s, per sum %s s, per hop %s s\n"
            .formatted(digits(model.base()), digits(model.perSum()), digits(model.perHop())));
    fit.heldAtZero().forEach(held -> text.append(held).append('\n'));
    text.append(
        "RMSE %s s, R2 %s, leave-one-out RMSE %s s\n\n"
            .formatted(
                digits(fit.rmse()),
                String.format(Locale.ROOT, "%.3f", fit.r2()),
                digits(fit.looRmse())));
    TextTable table = new TextTable(List.of(WORDS, NUMBERS, NUMBERS, NUMBERS, NUMBERS));
    table.row("structure", "measured s", "predicted s", "error", "by the others s");
    fit.rows().forEach(row -> row(table, row));
    return text.append(table).toString();
  }

  private static void row(TextTable table, ModelFit.Row row) {
    double measured = row.measurement().seconds();
    table.row(
        row.measurement().structure().toString(),
        digits(measured),
        digits(row.predicted()),
        String.format(Locale.ROOT, "%+.1f %%", 100 * row.residual() / measured),
        row.leaveOneOut().isPresent() ? digits(row.leaveOneOut().getAsDouble()) : "-");
  }

  private static String digits(double seconds) {
    return Digits.of(seconds);
  }
}
