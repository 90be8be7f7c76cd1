package dev.drey.job.sink;

import dev.drey.operators.server.StepReport;
import java.nio.file.Path;
import java.util.List;

/** Writes reports to two CSV files: every step to one, every evaluation to the other. */
public final class ReportSink {

  private ReportSink() {}

  /**
   * The sink.
   *
   * @param curve for the steps
   * @param evaluations for the evaluations
   * @param columns of both
   */
  public static LineSink<StepReport> of(
      Path curve, Path evaluations, OutputColumns<StepReport> columns) {
    return new LineSink<>(List.of(curve.toString(), evaluations.toString()), new Csv(columns));
  }

  private record Csv(OutputColumns<StepReport> columns) implements LineSink.Format<StepReport> {

    private static final long serialVersionUID = 1L;

    @Override
    public String header() {
      return columns.header() + "\n";
    }

    @Override
    public int file(StepReport report) {
      return report.evaluation() ? 1 : 0;
    }

    @Override
    public String line(StepReport report) {
      return columns.line(report);
    }
  }
}
