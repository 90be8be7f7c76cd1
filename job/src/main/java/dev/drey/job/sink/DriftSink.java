package dev.drey.job.sink;

import dev.drey.operators.server.DriftReport;
import java.nio.file.Path;
import java.util.List;

/** Writes drifts, a line each, to a CSV file. */
public final class DriftSink {

  /** The columns of the file. */
  static final OutputColumns<DriftReport> COLUMNS =
      new OutputColumns<>(
          List.of(
              new OutputColumns.Column<>("step", DriftReport::version),
              new OutputColumns.Column<>("began", DriftReport::began),
              new OutputColumns.Column<>("examples", DriftReport::examples),
              new OutputColumns.Column<>("watched", DriftReport::signal),
              new OutputColumns.Column<>("before", DriftReport::before),
              new OutputColumns.Column<>("after", DriftReport::after),
              new OutputColumns.Column<>("reaction", DriftReport::reaction),
              new OutputColumns.Column<>("seconds", DriftReport::seconds)));

  private DriftSink() {}

  public static LineSink<DriftReport> of(Path file) {
    return new LineSink<>(List.of(file.toString()), new Csv());
  }

  private record Csv() implements LineSink.Format<DriftReport> {

    private static final long serialVersionUID = 1L;

    @Override
    public String header() {
      return COLUMNS.header() + "\n";
    }

    @Override
    public String line(DriftReport report) {
      return COLUMNS.line(report);
    }
  }
}
