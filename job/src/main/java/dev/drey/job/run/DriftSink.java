package dev.drey.job.run;

import dev.drey.operators.server.DriftReport;
import java.nio.file.Path;
import java.util.List;

/** Writes drifts, a line each, to a CSV file. */
final class DriftSink {

  private DriftSink() {}

  static LineSink<DriftReport> of(Path file) {
    return new LineSink<>(List.of(file.toString()), new Csv());
  }

  private record Csv() implements LineSink.Format<DriftReport> {

    private static final long serialVersionUID = 1L;

    @Override
    public String header() {
      return "step,began,examples,watched,before,after,reaction,seconds\n";
    }

    @Override
    public String line(DriftReport report) {
      return report.version()
          + ","
          + report.began()
          + ","
          + report.examples()
          + ","
          + report.signal()
          + ","
          + report.before()
          + ","
          + report.after()
          + ","
          + report.reaction()
          + ","
          + report.seconds();
    }
  }
}
