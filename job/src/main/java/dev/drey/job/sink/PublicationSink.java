package dev.drey.job.sink;

import dev.drey.operators.publish.Decision;
import dev.drey.operators.publish.Publication;
import dev.drey.operators.publish.Verdict.Comparison;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes the verdicts on candidates for publishing to a CSV file, a line each. */
public final class PublicationSink {

  private PublicationSink() {}

  public static LineSink<Decision> of(Path file) {
    return new LineSink<>(List.of(file.toString()), new Csv());
  }

  private record Csv() implements LineSink.Format<Decision> {

    private static final long serialVersionUID = 1L;

    @Override
    public String header() {
      return "version,verdict,examples,window_loss,"
          + "against,gate_examples,loss,against_loss,reason,weights_sha256,place\n";
    }

    @Override
    public String line(Decision decision) {
      Comparison comparison = decision.verdict().comparison();
      Publication publication = decision.publication();
      return String.join(
          ",",
          String.valueOf(decision.version()),
          decision.verdict().outcome().name().toLowerCase(Locale.ROOT),
          String.valueOf(decision.examples()),
          String.valueOf(decision.loss()),
          comparison == null ? ",,," : compared(comparison),
          quoted(decision.verdict().reason()),
          publication == null ? "," : publication.sha256() + "," + quoted(publication.place()));
    }

    private static String compared(Comparison comparison) {
      return comparison.against()
          + ","
          + comparison.examples()
          + ","
          + comparison.candidateLoss()
          + ","
          + comparison.publishedLoss();
    }

    /** Quoted as in RFC 4180; line breaks become spaces, so that each candidate is one line. */
    private static String quoted(String text) {
      return '"' + text.replace("\"", "\"\"").replaceAll("\\R", " ") + '"';
    }
  }
}
