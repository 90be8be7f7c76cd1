package dev.drey.job.sink;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.prequential.PrequentialScore;
import dev.drey.operators.server.StepReport;
import dev.drey.operators.server.StepReport.Ages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code curve.csv} and {@code evaluations.csv}. */
public final class CurveColumns {

  private CurveColumns() {}

  /**
   * The columns.
   *
   * @param classifies whether there is an accuracy; for regression the error is the mean absolute
   *     one
   * @param structure of the job's tree
   * @param predictedSeconds predicted duration of a step, if known
   * @param prequential whether there are columns of the error before training, as for a stream; a
   *     data set, which is read many times, has none
   */
  public static OutputColumns<StepReport> columns(
      boolean classifies,
      Structure structure,
      OptionalDouble predictedSeconds,
      boolean prequential) {
    String dashed = structure.dashed();
    double stepSeconds = rounded(predictedSeconds.orElse(Double.NaN), 1e6);
    List<OutputColumns.Column<StepReport>> columns = new ArrayList<>();
    columns.add(new OutputColumns.Column<>("step", StepReport::version));
    columns.add(new OutputColumns.Column<>("epoch", report -> rounded(report.epoch(), 1e4)));
    columns.add(new OutputColumns.Column<>("examples", StepReport::examples));
    columns.add(new OutputColumns.Column<>("loss", StepReport::loss));
    columns.add(
        new OutputColumns.Column<>(
            "accuracy", report -> classifies ? report.accuracy() : Double.NaN));
    columns.add(new OutputColumns.Column<>("seconds", StepReport::seconds));
    columns.add(new OutputColumns.Column<>("billed_ms", StepReport::billedMillis));
    columns.add(new OutputColumns.Column<>("dollars", report -> rounded(report.dollars(), 1e9)));
    columns.add(new OutputColumns.Column<>("structure", report -> dashed));
    columns.add(
        new OutputColumns.Column<>(
            "predicted_seconds", report -> report.evaluation() ? Double.NaN : stepSeconds));
    if (prequential) {
      columns.addAll(means("window", StepReport::window, classifies));
      columns.addAll(means("faded", StepReport::faded, classifies));
      columns.add(
          new OutputColumns.Column<>("oldest_ms", report -> age(report, Ages::oldestMillis)));
      columns.add(
          new OutputColumns.Column<>("newest_ms", report -> age(report, Ages::newestMillis)));
    }
    return new OutputColumns<>(columns);
  }

  /** Errors before training; an evaluation has none. */
  @FunctionalInterface
  private interface Means extends Serializable {

    PrequentialScore of(StepReport report);

    default PrequentialScore orNone(StepReport report) {
      return report.evaluation() ? PrequentialScore.NONE : of(report);
    }
  }

  private static List<OutputColumns.Column<StepReport>> means(
      String name, Means means, boolean classifies) {
    return List.of(
        new OutputColumns.Column<>(name + "_loss", report -> means.orNone(report).loss()),
        new OutputColumns.Column<>(
            name + "_accuracy",
            report -> classifies ? means.orNone(report).accuracy() : Double.NaN),
        new OutputColumns.Column<>(
            name + "_error",
            report -> classifies ? Double.NaN : means.orNone(report).absoluteError()));
  }

  /** Null for an evaluation, and for a step without records. */
  private static @Nullable Long age(StepReport report, Function<Ages, Long> of) {
    return report.evaluation() || report.ages().isNone() ? null : of.apply(report.ages());
  }

  private static double rounded(double value, double per) {
    return Math.rint(value * per) / per;
  }
}
