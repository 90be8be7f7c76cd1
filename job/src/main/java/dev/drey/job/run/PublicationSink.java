package dev.drey.job.run;

import dev.drey.operators.publish.Publication;
import java.nio.file.Path;
import java.util.List;

/** Writes publications, a line each, to a CSV file. */
final class PublicationSink {

  private PublicationSink() {}

  static LineSink<Publication> of(Path file) {
    return new LineSink<>(List.of(file.toString()), new Csv());
  }

  private record Csv() implements LineSink.Format<Publication> {

    private static final long serialVersionUID = 1L;

    @Override
    public String header() {
      return "version,examples,window_loss,weights_sha256,place\n";
    }

    @Override
    public String line(Publication publication) {
      return publication.version()
          + ","
          + publication.examples()
          + ","
          + publication.loss()
          + ","
          + publication.sha256()
          + ","
          + quoted(publication.place());
    }

    /** As RFC 4180 has it. */
    private static String quoted(String text) {
      return '"' + text.replace("\"", "\"\"") + '"';
    }
  }
}
