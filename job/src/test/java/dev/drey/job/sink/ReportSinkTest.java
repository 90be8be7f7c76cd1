package dev.drey.job.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.prequential.PrequentialScore;
import dev.drey.operators.server.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportSinkTest {

  private static final Structure STRUCTURE = Structure.of(1, 2, 4);
  private static final OptionalDouble STEP_SECONDS = OptionalDouble.of(0.0125);

  @TempDir private Path directory;
  private Path curve;
  private LineSink<StepReport> sink;

  @BeforeEach
  void makeSink() {
    curve = directory.resolve("curve.csv");
    sink =
        ReportSink.of(
            curve,
            directory.resolve("evaluations.csv"),
            CurveColumns.columns(true, STRUCTURE, STEP_SECONDS, false));
  }

  /** The sink needs nothing of Flink's. */
  @SuppressWarnings("NullAway")
  private static WriterInitContext none() {
    return null;
  }

  private LineSink<StepReport>.Writer restored(LineSink.Lengths lengths) throws IOException {
    return sink.restoreWriter(none(), List.of(lengths));
  }

  private static void write(LineSink<StepReport>.Writer writer, long... steps) throws IOException {
    for (long step : steps) {
      writer.write(
          new StepReport(
              false,
              step,
              step,
              10 * step,
              0.5,
              0.25,
              1,
              2,
              0.01,
              PrequentialScore.NONE,
              PrequentialScore.NONE,
              StepReport.Ages.NONE),
          null);
    }
  }

  @Test
  void aStreamHasColumnsOfTheErrorBeforeTraining() throws IOException {
    PrequentialScore window = new PrequentialScore(100, 0.5, 0.75, 0);
    PrequentialScore faded = new PrequentialScore(99.5, 0.25, 0.5, 0);
    StepReport step =
        new StepReport(
            false, 1, 1, 10, 0.5, 0.25, 1, 2, 0.01, window, faded, new StepReport.Ages(90, 40));
    StepReport evaluation =
        new StepReport(
            true, 1, 1, 10, 0.5, 0.25, 1, 2, 0.01, window, faded, new StepReport.Ages(90, 40));
    Path evaluations = directory.resolve("evaluations.csv");
    try (LineSink<StepReport>.Writer writer =
        ReportSink.of(curve, evaluations, CurveColumns.columns(true, STRUCTURE, STEP_SECONDS, true))
            .createWriter(none())) {
      writer.write(step, null);
      writer.write(evaluation, null);
    }

    assertThat(Files.readAllLines(curve).get(0))
        .endsWith(
            "window_loss,window_accuracy,window_error,faded_loss,faded_accuracy,faded_error,oldest_ms,newest_ms");
    assertThat(Files.readAllLines(curve).get(1)).endsWith(",0.0125,0.5,0.75,,0.25,0.5,,90,40");
    assertThat(Files.readAllLines(evaluations).get(1)).endsWith(",1-2-4,,,,,,,,,");
  }

  private List<String> steps() throws IOException {
    return Files.readAllLines(curve).stream().map(line -> line.split(",", -1)[0]).toList();
  }

  @Test
  void aFileIsCutBackToTheCheckpointSoThatEachStepIsInItOnce() throws IOException {
    LineSink.Lengths lengths;
    try (LineSink<StepReport>.Writer writer = sink.createWriter(none())) {
      write(writer, 1, 2);
      lengths = writer.snapshotState(1).get(0);
      write(writer, 3, 4);
    }
    try (LineSink<StepReport>.Writer writer = restored(lengths)) {
      write(writer, 3);
    }

    assertThat(steps()).containsExactly("step", "1", "2", "3");
  }

  @Test
  void aFileThatIsMissingBeginsWithItsHeader() throws IOException {
    try (LineSink<StepReport>.Writer writer =
        restored(new LineSink.Lengths(List.of(1000L, 1000L)))) {
      write(writer, 8);
      assertThat(writer.snapshotState(1).get(0).bytes().get(0)).isEqualTo(Files.size(curve));
    }

    assertThat(steps()).containsExactly("step", "8");
    assertThat(directory.resolve("evaluations.csv")).content().startsWith("step,").hasLineCount(1);
  }
}
