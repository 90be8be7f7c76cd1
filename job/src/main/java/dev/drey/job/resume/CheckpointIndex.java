package dev.drey.job.resume;

import dev.drey.job.model.Durable;
import dev.drey.job.specification.RunSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.FileUtils;

/**
 * The checkpoint directories of a run's jobs, from {@code checkpoints.txt} in the run's directory:
 * one line for each start of a job, as a relative path if it is below the run's directory. The file
 * is needed because several runs may share a parent directory of checkpoints.
 *
 * <p>Lines are only trusted to name directories below the run's directory or below {@link #roots},
 * after links are resolved; nothing elsewhere is read or deleted.
 *
 * @param run the run's directory, absolute
 * @param roots other directories that may contain checkpoints, absolute
 */
public record CheckpointIndex(Path run, List<Path> roots) {

  static final String FILE = "checkpoints.txt";
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");
  private static final String METADATA = "_metadata";

  public CheckpointIndex {
    roots = List.copyOf(roots);
  }

  /** Of a run whose checkpoints are all below its directory. */
  public CheckpointIndex(Path run) {
    this(run, List.of());
  }

  /**
   * Of a run whose checkpoints may be where a specification, or an option of Flink's, puts them.
   *
   * @param flinkOptions given by the user
   */
  public static CheckpointIndex of(
      Path run, RunSpecification specification, Map<String, String> flinkOptions) {
    List<Path> roots = new ArrayList<>();
    specification.checkpoints().directory().ifPresent(roots::add);
    Configuration.fromMap(flinkOptions)
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .flatMap(CheckpointIndex::local)
        .ifPresent(roots::add);
    return new CheckpointIndex(run, roots);
  }

  /** The directory of this machine that Flink means by a URI or a path, if it is one. */
  public static Optional<Path> local(String directory) {
    URI uri = new org.apache.flink.core.fs.Path(directory).toUri();
    return uri.getScheme() == null || uri.getScheme().equals("file")
        ? Optional.of(Path.of(uri.getPath()).toAbsolutePath())
        : Optional.empty();
  }

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
    Durable.append(run.resolve(FILE), shown + "\n");
  }

  /**
   * Removes all jobs after the run has saved its model, with what is left of their checkpoints:
   * Flink has deleted those of the last job. No job may be running.
   */
  public void clear() throws IOException {
    deleteAllBut(List.of());
    Durable.delete(run.resolve(FILE));
    new CheckpointSums(run).clear();
  }

  /** The complete checkpoint that was taken last. */
  public Optional<Path> newest() throws IOException {
    List<Path> complete = complete();
    return complete.isEmpty() ? Optional.empty() : Optional.of(complete.get(complete.size() - 1));
  }

  /**
   * All complete checkpoints, the newest last: those of a later job are newer, whatever their
   * numbers are, since it started from an earlier one's.
   */
  public List<Path> complete() throws IOException {
    return checkpoints().stream().filter(CheckpointIndex::isComplete).toList();
  }

  /** Deletes all checkpoints but some. No job may be running. */
  void deleteAllBut(Collection<Path> kept) throws IOException {
    for (Path checkpoint : checkpoints()) {
      if (!kept.contains(checkpoint)) {
        FileUtils.deleteDirectory(checkpoint.toFile());
      }
    }
  }

  private List<Path> checkpoints() throws IOException {
    return directories().stream().flatMap(CheckpointIndex::below).toList();
  }

  /** All directories that may contain checkpoints; also for error messages. */
  List<Path> directories() throws IOException {
    List<Path> inside = new ArrayList<>();
    for (String line : lines()) {
      Optional<Path> directory = inside(line);
      directory.ifPresent(inside::add);
    }
    return inside;
  }

  /** The lines that name a directory which cannot be this run's. */
  List<String> outside() throws IOException {
    List<String> outside = new ArrayList<>();
    for (String line : lines()) {
      if (inside(line).isEmpty()) {
        outside.add(line);
      }
    }
    return outside;
  }

  private List<String> lines() throws IOException {
    Path file = run.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).distinct().toList();
  }

  private Optional<Path> inside(String line) throws IOException {
    Path directory;
    try {
      directory = run.resolve(line).normalize();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    Path resolved = resolved(directory);
    for (Path root : Stream.concat(Stream.of(run), roots.stream()).toList()) {
      Path real = resolved(root.normalize());
      if (resolved.startsWith(real) && !resolved.equals(real)) {
        return Optional.of(directory);
      }
    }
    return Optional.empty();
  }

  /** The path without links, as far as it exists. */
  private static Path resolved(Path path) throws IOException {
    Path parent = path.getParent();
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || parent == null) {
      return path.toRealPath();
    }
    return resolved(parent).resolve(path.getFileName());
  }

  private static Stream<Path> below(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> number(file) >= 0)
          .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .sorted(Comparator.comparingLong(CheckpointIndex::number))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of the checkpoint, or -1 if the directory is not a checkpoint. */
  private static long number(Path directory) {
    Matcher name = CHECKPOINT.matcher(directory.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
