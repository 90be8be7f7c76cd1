package dev.drey.job.sink;

import dev.drey.operators.server.LagReport;
import java.nio.file.Path;
import java.util.List;

/** Writes the lag of partitions to a CSV file: a line for each partition and measurement. */
public final class LagSink {

  private static final OutputColumns<LagReport> COLUMNS =
      new OutputColumns<>(
          List.of(
              new OutputColumns.Column<>("step", LagReport::version),
              new OutputColumns.Column<>("seconds", LagReport::seconds),
              new OutputColumns.Column<>("partition", LagReport::partition),
              new OutputColumns.Column<>("end_offset", LagReport::end),
              new OutputColumns.Column<>("lag", LagReport::lag)));

  private LagSink() {}

  public static LineSink<LagReport> of(Path file) {
    return new LineSink<>(List.of(file.toString()), new Csv());
  }

  private record Csv() implements LineSink.Format<LagReport> {

    private static final long serialVersionUID = 1L;

    @Override
    public String header() {
      return COLUMNS.header() + "\n";
    }

    @Override
    public String line(LagReport report) {
      return COLUMNS.line(report);
    }
  }
}
