package dev.drey.job.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.prequential.PrequentialScore;
import dev.drey.core.work.Round;
import dev.drey.job.model.RunNotes;
import dev.drey.operators.publish.Decision;
import dev.drey.operators.publish.Publication;
import dev.drey.operators.publish.Verdict;
import dev.drey.operators.publish.Verdict.Comparison;
import dev.drey.operators.server.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineSinkTest {

  private static final SinkWriter.Context CONTEXT =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return 0;
        }

        @Override
        public Long timestamp() {
          return 0L;
        }
      };

  private static final Structure STRUCTURE = Structure.of(1, 2, 4);
  private static final OptionalDouble STEP_SECONDS = OptionalDouble.of(0.0125);

  @TempDir private Path directory;

  @Test
  void everyCandidateIsALineAndSaysWhatBecameOfIt() throws IOException {
    Path file = directory.resolve("publications.csv");
    Verdict first = new Verdict(Verdict.Outcome.PUBLISHED, "it is the first", null);
    Verdict worse =
        new Verdict(Verdict.Outcome.REFUSED, "a \"worse\" one", new Comparison(10, 500, 0.75, 0.5));

    try (var writer = PublicationSink.of(file).writer(lengths(0))) {
      writer.write(
          new Decision(10, 1000, 0.5, first, new Publication(10, 1000, 0.5, "/a, b", "abc")),
          CONTEXT);
      writer.write(new Decision(20, 2000, 0.25, worse, null), CONTEXT);
    }

    assertThat(file)
        .content()
        .isEqualTo(
            """
            version,verdict,examples,window_loss,against,gate_examples,loss,against_loss,reason,\
            weights_sha256,place
            10,published,1000,0.5,,,,,"it is the first",abc,"/a, b"
            20,refused,2000,0.25,10,500,0.75,0.5,"a ""worse"" one",,
            """);
  }

  @Test
  void everyDeadLetterIsALineOfJson() throws IOException {
    Path file = directory.resolve("dead-letters/mini-batches.jsonl");
    LineSink<Dropped> sink = DeadLetterSink.of(file);

    try (var writer = sink.writer(lengths(0))) {
      assertThat(file.getParent()).doesNotExist();
      writer.write(dropped(Round.Kind.TRAINING, 3), CONTEXT);
      writer.write(dropped(Round.Kind.EVALUATION, 4), CONTEXT);
    }

    assertThat(file)
        .content()
        .isEqualTo(
            """
            {"reason":"not-finite","task":"gradient","step":7,"slot":3,"rows":[5,1],"message":"\\"NaN\\""}
            {"reason":"not-finite","task":"evaluation","step":7,"slot":4,"rows":[5,1],"message":"\\"NaN\\""}
            """);
  }

  @Test
  void aRestoreCutsTheFileBackToTheCheckpoint() throws Exception {
    Path file = directory.resolve("d/lines");
    LineSink<Dropped> sink = DeadLetterSink.of(file);
    LineSink.Lengths saved;
    try (var writer = sink.writer(lengths(0))) {
      writer.write(dropped(Round.Kind.TRAINING, 0), CONTEXT);
      saved = throughBytes(sink, writer.snapshotState(1).get(0));
      writer.write(dropped(Round.Kind.TRAINING, 1), CONTEXT);
    }

    try (var writer = sink.writer(saved)) {
      assertThat(file).content().hasLineCount(1).contains("\"slot\":0");
      writer.write(dropped(Round.Kind.TRAINING, 2), CONTEXT);
    }

    assertThat(file).content().hasLineCount(2).contains("\"slot\":0").contains("\"slot\":2");
  }

  @Test
  void aRestoreToBeforeTheFirstLineLeavesNoFile() throws Exception {
    Path file = directory.resolve("lines");
    LineSink<Dropped> sink = DeadLetterSink.of(file);
    try (var writer = sink.writer(lengths(0))) {
      writer.write(dropped(Round.Kind.TRAINING, 0), CONTEXT);
    }

    try (var writer = sink.writer(lengths(0))) {
      assertThat(file).doesNotExist();
      assertThat(writer.snapshotState(1)).containsExactly(lengths(0));
    }
  }

  @Test
  void aFileThatWasCutShortKeepsItsWholeLinesAndANoteSaysSo() throws Exception {
    Path file = directory.resolve("lines");
    String lines = "a line\n".repeat(3000);
    Files.writeString(file, lines + "a li");

    try (var writer = DeadLetterSink.of(file).writer(lengths(100_000))) {
      writer.write(dropped(Round.Kind.TRAINING, 0), CONTEXT);
      assertThat(writer.snapshotState(1)).containsExactly(lengths(Files.size(file)));
    }

    assertThat(file).content().startsWith(lines + "{\"reason\"").hasLineCount(3001);
    assertThat(RunNotes.beside(file).read())
        .containsExactly(
            file
                + " has 21004 bytes, fewer than the 100000 of the state: the lines between are lost,"
                + " what is left is kept");
  }

  @Test
  void aFileThatHasNoWholeLineBeginsAnew() throws Exception {
    Path file = directory.resolve("lines");
    Files.writeString(file, "a li");

    try (var writer = DeadLetterSink.of(file).writer(lengths(1000))) {
      writer.write(dropped(Round.Kind.TRAINING, 0), CONTEXT);
    }

    assertThat(file).content().hasLineCount(1).startsWith("{\"reason\"");
  }

  @Test
  void aMissingFileBeginsAnewWithoutANote() throws Exception {
    Path file = directory.resolve("lines");

    DeadLetterSink.of(file).writer(lengths(1000)).close();

    assertThat(RunNotes.beside(file).read()).isEmpty();
  }

  @Test
  void stepsAndEvaluationsGoToFilesOfTheirOwnWhichHaveAHeader() throws Exception {
    Path curve = directory.resolve("curve.csv");
    Path evaluations = directory.resolve("evaluations.csv");
    LineSink<StepReport> sink =
        ReportSink.of(
            curve, evaluations, CurveColumns.columns(true, STRUCTURE, STEP_SECONDS, false));
    LineSink.Lengths saved;
    try (var writer = sink.writer(lengths(0, 0))) {
      writer.write(report(false, 1), CONTEXT);
      writer.write(report(true, 1), CONTEXT);
      saved = throughBytes(sink, writer.snapshotState(1).get(0));
      writer.write(report(false, 2), CONTEXT);
    }
    sink.writer(saved).close();

    String header =
        "step,epoch,examples,loss,accuracy,seconds,billed_ms,dollars,structure,predicted_seconds\n";
    assertThat(curve).content().isEqualTo(header + "1,0.5,32,0.25,,1.5,40,0.1,1-2-4,0.0125\n");
    assertThat(evaluations).content().isEqualTo(header + "1,0.5,32,0.25,,1.5,40,0.1,1-2-4,\n");
  }

  @Test
  void stateOfAnotherFormatIsRefused() {
    var serializer = DeadLetterSink.of(directory.resolve("lines")).getWriterStateSerializer();

    assertThatThrownBy(() -> serializer.deserialize(2, new byte[8]))
        .isInstanceOf(IOException.class)
        .hasMessage("state of version 2 cannot be read");
    assertThatThrownBy(() -> serializer.deserialize(1, new byte[16]))
        .isInstanceOf(IOException.class);
  }

  private static <T> LineSink.Lengths throughBytes(LineSink<T> sink, LineSink.Lengths lengths)
      throws IOException {
    var serializer = sink.getWriterStateSerializer();
    return serializer.deserialize(serializer.getVersion(), serializer.serialize(lengths));
  }

  private static LineSink.Lengths lengths(long... bytes) {
    return new LineSink.Lengths(LongStream.of(bytes).boxed().toList());
  }

  private static Dropped dropped(Round.Kind kind, int slot) {
    return new Dropped(
        DropReason.NOT_FINITE, new Round(kind, 7), slot, new int[] {5, 1}, "\"NaN\"");
  }

  private static StepReport report(boolean evaluation, long version) {
    return new StepReport(
        evaluation,
        version,
        0.5,
        32,
        0.25,
        Double.NaN,
        1.5,
        40,
        0.1,
        PrequentialScore.NONE,
        PrequentialScore.NONE,
        StepReport.Ages.NONE);
  }
}
