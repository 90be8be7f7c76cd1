package dev.drey.job.sink;

import dev.drey.operators.server.DriftReport;
import java.nio.file.Path;
import java.util.List;

/** Writes drifts, a line each, to a CSV file. */
public final class DriftSink {

  /** What is told of a drift. */
  static final Columns<DriftReport> COLUMNS =
      new Columns<>(
          List.of(
              new Columns.Column<>("step", DriftReport::version),
              new Columns.Column<>("began", DriftReport::began),
              new Columns.Column<>("examples", DriftReport::examples),
              new Columns.Column<>("watched", DriftReport::signal),
              new Columns.Column<>("before", DriftReport::before),
              new Columns.Column<>("after", DriftReport::after),
              new Columns.Column<>("reaction", DriftReport::reaction),
              new Columns.Column<>("seconds", DriftReport::seconds)));

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
