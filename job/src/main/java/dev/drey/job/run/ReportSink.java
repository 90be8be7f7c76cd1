package dev.drey.job.run;

import dev.drey.core.prequential.Score;
import dev.drey.operators.server.StepReport;
import java.nio.file.Path;
import java.util.List;

/** Writes reports to two CSV files: every step to one, every evaluation to the other. */
final class ReportSink {

  private ReportSink() {}

  /**
   * The sink.
   *
   * @param curve for the steps
   * @param evaluations for the evaluations
   * @param classifies whether there is an accuracy
   * @param stage of the run: its structure, and what a step should take
   * @param prequential whether there are columns of the error before training: of a data set, which
   *     is read again and again, there are none
   */
  static LineSink<StepReport> of(
      Path curve, Path evaluations, boolean classifies, Stage stage, boolean prequential) {
    return new LineSink<>(
        List.of(curve.toString(), evaluations.toString()),
        new Csv(
            classifies,
            stage.generation().structure().dashed(),
            stage.stepSeconds().orElse(Double.NaN),
            prequential));
  }

  /**
   * @param structure as 1-5-22-100
   * @param stepSeconds predicted; NaN if nobody knows
   */
  private record Csv(boolean classifies, String structure, double stepSeconds, boolean prequential)
      implements LineSink.Format<StepReport> {

    private static final long serialVersionUID = 1L;

    @Override
    public String header() {
      return "step,epoch,examples,loss,accuracy,seconds,billed_ms,dollars,structure,"
          + "predicted_seconds"
          + (prequential
              ? ",window_loss,window_accuracy,window_error,faded_loss,faded_accuracy,faded_error"
                  + ",oldest_ms,newest_ms"
              : "")
          + "\n";
    }

    @Override
    public int file(StepReport report) {
      return report.evaluation() ? 1 : 0;
    }

    @Override
    public String line(StepReport report) {
      return report.version()
          + ","
          + rounded(report.epoch(), 1e4)
          + ","
          + report.examples()
          + ","
          + known(report.loss())
          + ","
          + known(classifies ? report.accuracy() : Double.NaN)
          + ","
          + report.seconds()
          + ","
          + report.billedMillis()
          + ","
          + rounded(report.dollars(), 1e9)
          + ","
          + structure
          + ","
          + known(report.evaluation() ? Double.NaN : rounded(stepSeconds, 1e6))
          + (prequential
              ? columns(report, report.window()) + columns(report, report.faded()) + ages(report)
              : "");
    }

    /** An evaluation has none, nor has a step without a record. */
    private static String ages(StepReport report) {
      StepReport.Ages ages = report.ages();
      return report.evaluation() || ages.isNone()
          ? ",,"
          : "," + ages.oldestMillis() + "," + ages.newestMillis();
    }

    /** An evaluation has none. The error is the mean absolute one, where nothing is classified. */
    private String columns(StepReport report, Score score) {
      if (report.evaluation()) {
        return ",,,";
      }
      return ","
          + known(score.loss())
          + ","
          + known(classifies ? score.accuracy() : Double.NaN)
          + ","
          + known(classifies ? Double.NaN : score.absoluteError());
    }

    /** A value that there is none of is left empty, as CSV readers expect. */
    private static String known(double value) {
      return Double.isNaN(value) ? "" : String.valueOf(value);
    }

    private static double rounded(double value, double per) {
      return Math.rint(value * per) / per;
    }
  }
}
