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
 * Where the jobs of a run write checkpoints, as {@code checkpoints.txt} in the run's directory has
 * it: a directory a line, for each start of the program, relative to the run's where it lies below
 * it. A directory of checkpoints may serve several runs, so its content alone does not tell.
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
   * Notes a job, before it starts.
   *
   * @param directory of its checkpoints, absolute
   */
  public void add(Path directory) throws IOException {
    Path shown = directory.startsWith(run) ? run.relativize(directory) : directory;
    Files.writeString(
        run.resolve(FILE), shown + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Forgets all jobs: the run has its model, and Flink has deleted its checkpoints, but for those
   * that were never completed because their job was cancelled. No job may be running.
   */
  public void clear() throws IOException {
    for (Path checkpoint : checkpoints()) {
      if (!isComplete(checkpoint)) {
        FileUtils.deleteDirectory(checkpoint.toFile());
      }
    }
    Files.deleteIfExists(run.resolve(FILE));
  }

  /** The newest complete checkpoint: the highest number, the later one of two with it. */
  public Optional<Path> newest() throws IOException {
    return checkpoints().stream()
        .filter(CheckpointIndex::isComplete)
        .max(
            Comparator.comparingLong(CheckpointIndex::number)
                .thenComparing(CheckpointIndex::modified));
  }

  /**
   * Deletes what a killed job could not: checkpoints that were never completed, and those that a
   * newer one had replaced. No job may be running.
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

  /** Where checkpoints may lie, for an error to name. */
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

  /** The checkpoint's number, or -1 if this is none. */
  private static long number(Path directory) {
    Matcher name = CHECKPOINT.matcher(directory.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  /** 0 if it is gone: a program that is still running deletes what it no longer needs. */
  private static long modified(Path checkpoint) {
    return checkpoint.resolve(METADATA).toFile().lastModified();
  }
}
