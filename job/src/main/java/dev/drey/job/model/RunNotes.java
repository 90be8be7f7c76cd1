package dev.drey.job.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sentences about a run that its user should know, a line each, in a file. Tasks of the job write
 * them; the program shows them on the terminal.
 *
 * @param file absent while there are none
 */
public record RunNotes(Path file) {

  private static final String NAME = "notes.txt";

  /** The notes on a file of the run, and on others in its directory. */
  public static RunNotes beside(Path file) {
    return new RunNotes(file.resolveSibling(NAME));
  }

  /** Adds a sentence. */
  public void add(String sentence) throws IOException {
    Durable.append(file, sentence.replaceAll("\\R", " ") + "\n");
  }

  /** All sentences, in the order in which they were added. */
  public List<String> read() throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
