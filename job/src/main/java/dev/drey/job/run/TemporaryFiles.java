package dev.drey.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run leaves in its directory that nobody needs once the program has ended.
 *
 * @param run the run's directory
 */
record TemporaryFiles(Path run) {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);

  private static final String FLINK = "flink-tmp";

  /** Where weights and results are on their way to and from workers. */
  static final String EXCHANGE = "exchange";

  /** Where checkpoints are by default. */
  static final String CHECKPOINTS = "checkpoints";

  /** Where RocksDB works, and for Flink's other temporary files. */
  Path flink() {
    return run.resolve(FLINK);
  }

  /** Deletes them. Files that cannot be deleted are logged. No job may be running. */
  void delete() {
    for (Path directory :
        List.of(flink(), run.resolve("workers").resolve("runtime"), run.resolve(EXCHANGE))) {
      try {
        FileUtils.deleteDirectory(directory.toFile());
      } catch (IOException e) {
        LOG.warn("{} cannot be deleted: {}", directory, e.toString());
      }
    }
    deleteEmpty(run.resolve(CHECKPOINTS));
  }

  /** Flink deletes the checkpoints of a job that finished, and leaves empty directories. */
  private static void deleteEmpty(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        if (!Files.isDirectory(path)) {
          return; // a checkpoint of a run that failed
        }
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", directory, e.toString());
    }
  }
}
