package dev.drey.benchmarks.measure;

import java.net.URI;
import java.util.Optional;

/** Where the web UI of a run is that was started as a process, by what it says. */
public final class WebInterface {

  private static final String BEFORE = "web UI ";

  private WebInterface() {}

  /**
   * The address, if the line tells it.
   *
   * @param line that {@code drey train} wrote
   */
  public static Optional<URI> in(String line) {
    return line.startsWith(BEFORE)
        ? Optional.of(URI.create(line.substring(BEFORE.length())))
        : Optional.empty();
  }
}
