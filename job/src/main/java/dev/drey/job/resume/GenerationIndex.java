package dev.drey.job.resume;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.model.Durable;
import dev.drey.operators.loop.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a run whose structure may change, from {@code structures.csv} in its
 * directory: one line per job, written before the job starts. The directory of a checkpoint is
 * named after its job, which identifies the generation of operators that can restore it.
 *
 * @param run the run's directory
 */
public record GenerationIndex(Path run) {

  static final String FILE = "structures.csv";

  private static final String HEADER = "generation,from_step,structure,job";
  private static final int FIELDS = 4;

  /** Prefix of Flink's default names of savepoints; the first digits of the job's id follow. */
  private static final String SAVEPOINT = "savepoint-";

  private record Line(Generation generation, String job) {

    static @Nullable Line parse(String text) {
      String[] fields = text.split(",", -1);
      if (fields.length != FIELDS || text.equals(HEADER)) {
        return null;
      }
      return new Line(
          new Generation(
              Integer.parseInt(fields[0]), Structure.parse(fields[2]), Long.parseLong(fields[1])),
          fields[3]);
    }

    String text() {
      return generation.number()
          + ","
          + generation.firstStep()
          + ","
          + generation.structure().dashed()
          + ","
          + job;
    }
  }

  /** Adds a job. */
  public void add(Generation generation, JobID job) throws IOException {
    Path file = run.resolve(FILE);
    String line = new Line(generation, job.toHexString()).text() + "\n";
    Durable.append(file, Files.exists(file) ? line : HEADER + "\n" + line);
  }

  /** A number that no generation of the run has used. */
  public int next() throws IOException {
    return 1 + lines().stream().mapToInt(line -> line.generation.number()).max().orElse(0);
  }

  /**
   * The generation that wrote a checkpoint or savepoint; empty if its job is not in the file.
   *
   * @param checkpoint its directory
   */
  public Optional<Generation> of(Path checkpoint) throws IOException {
    String name = checkpoint.getFileName().toString();
    String parent = String.valueOf(checkpoint.toAbsolutePath().getParent().getFileName());
    return lines().stream()
        .filter(
            line ->
                line.job.equals(parent)
                    || (name.startsWith(SAVEPOINT)
                        && line.job.startsWith(
                            name.substring(SAVEPOINT.length()).split("-", -1)[0])))
        .map(Line::generation)
        .findFirst();
  }

  private List<Line> lines() throws IOException {
    Path file = run.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Line::parse).filter(line -> line != null).toList();
    }
  }
}
