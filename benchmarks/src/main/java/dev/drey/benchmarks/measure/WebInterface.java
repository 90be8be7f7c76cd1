package dev.drey.benchmarks.measure;

import java.net.URI;
import java.util.Optional;

/** Finds the address of a run's web UI in the output of its process. */
public final class WebInterface {

  private static final String BEFORE = "web UI ";

  private WebInterface() {}

  /**
   * The address, if the line has it.
   *
   * @param line that {@code drey train} wrote
   */
  public static Optional<URI> in(String line) {
    return line.startsWith(BEFORE)
        ? Optional.of(URI.create(line.substring(BEFORE.length())))
        : Optional.empty();
  }
}
