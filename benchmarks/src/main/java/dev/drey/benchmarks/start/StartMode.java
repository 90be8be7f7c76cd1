package dev.drey.benchmarks.start;

import dev.drey.connectors.lambda.local.WorkerFlags;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How the JVM is started. */
enum StartMode {
  PLAIN("plain", false, false),
  ARCHIVE("AppCDS", true, false),
  C1("C1", false, true),
  ARCHIVE_C1("AppCDS + C1", true, true);

  private final String title;
  private final boolean archived;
  private final boolean quick;

  StartMode(String title, boolean archived, boolean quick) {
    this.title = title;
    this.archived = archived;
    this.quick = quick;
  }

  String title() {
    return title;
  }

  /**
   * The flags.
   *
   * @param archive of the worker's classes
   */
  List<String> flags(Path archive) {
    return Stream.concat(
            archived ? WorkerFlags.sharing(archive).stream() : Stream.of(),
            quick ? Stream.of("-XX:TieredStopAtLevel=1") : Stream.of())
        .toList();
  }
}
