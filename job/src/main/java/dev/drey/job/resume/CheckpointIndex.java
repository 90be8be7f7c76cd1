package dev.drey.job.resume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * The checkpoint directories of a run's jobs, from {@code checkpoints.txt} in the run's directory:
 * one line for each start of the program, as a relative path if it is below the run's directory.
 * The file is needed because several runs may share a parent directory of checkpoints.
 *
 * @param run the run's directory, absolute
 */
public record CheckpointIndex(Path run) {

  private static final String FILE = "checkpoints.txt";
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");
  private static final String METADATA = "_metadata";

  /** Whether a directory is a complete checkpoint or savepoint. */
  static boolean isComplete(Path directory) {
    return Files.isRegularFile(directory.resolve(METADATA));
  }

  /**
   * Adds the directory of a job; called before the job starts.
   *
   * @param directory of the job's checkpoints, absolute
   */
  public void add(Path directory) throws IOException {
    Path shown = directory.startsWith(run) ? run.relativize(directory) : directory;
    Files.writeString(
        run.resolve(FILE), shown + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Removes all jobs after the run has saved its model. Flink has deleted the checkpoints, except
   * incomplete ones of cancelled jobs; this deletes them. No job may be running.
   */
  public void clear() throws IOException {
    for (Path checkpoint : checkpoints()) {
      if (!isComplete(checkpoint)) {
        FileUtils.deleteDirectory(checkpoint.toFile());
      }
    }
    Files.deleteIfExists(run.resolve(FILE));
  }

  /** The complete checkpoint with the highest number; of several, the last modified. */
  public Optional<Path> newest() throws IOException {
    return checkpoints().stream()
        .filter(CheckpointIndex::isComplete)
        .max(
            Comparator.comparingLong(CheckpointIndex::number)
                .thenComparing(CheckpointIndex::modified));
  }

  /**
   * Deletes what a killed job left: incomplete checkpoints, and those that a newer one has
   * replaced. No job may be running.
   */
  void deleteAllBut(Path newest) throws IOException {
    for (Path checkpoint : checkpoints()) {
      if (!checkpoint.equals(newest)) {
        FileUtils.deleteDirectory(checkpoint.toFile());
      }
    }
  }

  private List<Path> checkpoints() throws IOException {
    return directories().stream().flatMap(CheckpointIndex::below).toList();
  }

  /** All directories that may contain checkpoints; also for error messages. */
  List<Path> directories() throws IOException {
    Path file = run.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).map(run::resolve).distinct().toList();
    }
  }

  private static Stream<Path> below(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> number(file) >= 0).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of the checkpoint, or -1 if the directory is not a checkpoint. */
  private static long number(Path directory) {
    Matcher name = CHECKPOINT.matcher(directory.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  /** 0 if the checkpoint was deleted meanwhile by a program that is still running. */
  private static long modified(Path checkpoint) {
    return checkpoint.resolve(METADATA).toFile().lastModified();
  }
}
