package dev.drey.job.run;

import dev.drey.core.prequential.PrequentialScore;
import dev.drey.operators.server.StepReport;
import dev.drey.operators.server.StepReport.Ages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is told of a step, and of an evaluation. */
final class CurvePoint {

  private CurvePoint() {}

  /**
   * The columns.
   *
   * @param classifies whether there is an accuracy; the error is the mean absolute one, where
   *     nothing is classified
   * @param stage of the run: its structure, and what a step should take
   * @param prequential whether there are columns of the error before training: of a data set, which
   *     is read again and again, there are none
   */
  static Columns<StepReport> columns(boolean classifies, Stage stage, boolean prequential) {
    String structure = stage.generation().structure().dashed();
    double stepSeconds = rounded(stage.stepSeconds().orElse(Double.NaN), 1e6);
    List<Columns.Column<StepReport>> columns = new ArrayList<>();
    columns.add(new Columns.Column<>("step", StepReport::version));
    columns.add(new Columns.Column<>("epoch", report -> rounded(report.epoch(), 1e4)));
    columns.add(new Columns.Column<>("examples", StepReport::examples));
    columns.add(new Columns.Column<>("loss", StepReport::loss));
    columns.add(
        new Columns.Column<>("accuracy", report -> classifies ? report.accuracy() : Double.NaN));
    columns.add(new Columns.Column<>("seconds", StepReport::seconds));
    columns.add(new Columns.Column<>("billed_ms", StepReport::billedMillis));
    columns.add(new Columns.Column<>("dollars", report -> rounded(report.dollars(), 1e9)));
    columns.add(new Columns.Column<>("structure", report -> structure));
    columns.add(
        new Columns.Column<>(
            "predicted_seconds", report -> report.evaluation() ? Double.NaN : stepSeconds));
    if (prequential) {
      columns.addAll(means("window", StepReport::window, classifies));
      columns.addAll(means("faded", StepReport::faded, classifies));
      columns.add(new Columns.Column<>("oldest_ms", report -> age(report, Ages::oldestMillis)));
      columns.add(new Columns.Column<>("newest_ms", report -> age(report, Ages::newestMillis)));
    }
    return new Columns<>(columns);
  }

  /** Means over examples before they were trained on; an evaluation has none. */
  @FunctionalInterface
  private interface Means extends Serializable {

    PrequentialScore of(StepReport report);

    default PrequentialScore orNone(StepReport report) {
      return report.evaluation() ? PrequentialScore.NONE : of(report);
    }
  }

  private static List<Columns.Column<StepReport>> means(
      String name, Means means, boolean classifies) {
    return List.of(
        new Columns.Column<>(name + "_loss", report -> means.orNone(report).loss()),
        new Columns.Column<>(
            name + "_accuracy",
            report -> classifies ? means.orNone(report).accuracy() : Double.NaN),
        new Columns.Column<>(
            name + "_error",
            report -> classifies ? Double.NaN : means.orNone(report).absoluteError()));
  }

  /** An evaluation has no age, nor has a step without a record. */
  private static @Nullable Long age(StepReport report, Function<Ages, Long> of) {
    return report.evaluation() || report.ages().isNone() ? null : of.apply(report.ages());
  }

  private static double rounded(double value, double per) {
    return Math.rint(value * per) / per;
  }
}
