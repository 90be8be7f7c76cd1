package dev.drey.job.plan;

import dev.drey.core.plan.Plan;
import dev.drey.job.model.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a Pareto front: comma-separated values and a picture.
 *
 * @param csv file of the values
 * @param svg file of the picture
 */
public record ParetoFrontFiles(Path csv, Path svg) {

  /**
   * For a directory, pareto.csv and pareto.svg in it; for a file, its name with both extensions.
   */
  public static ParetoFrontFiles at(Path path) {
    if (Files.isDirectory(path)) {
      return new ParetoFrontFiles(path.resolve("pareto.csv"), path.resolve("pareto.svg"));
    }
    String name = String.valueOf(path.getFileName());
    String bare = name.matches(".+\\.(csv|svg)") ? name.substring(0, name.length() - 4) : name;
    return new ParetoFrontFiles(
        path.resolveSibling(bare + ".csv"), path.resolveSibling(bare + ".svg"));
  }

  /** Writes both files, each atomically. */
  public void write(Recommendation recommendation) throws IOException {
    byte[] picture = ParetoFrontPicture.of(recommendation);
    byte[] values = csv(recommendation).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(csv, values);
    AtomicFile.write(svg, picture);
  }

  private static String csv(Recommendation recommendation) {
    CsvTable text =
        new CsvTable(
            "workers",
            "memory_mb",
            "structure",
            "local_steps",
            "step_seconds",
            "step_dollars",
            "epoch_seconds",
            "epoch_dollars",
            "ratio",
            "chosen");
    for (Plan plan : recommendation.front()) {
      text.row(
          plan.workers(),
          plan.memoryMb(),
          plan.structure().dashed(),
          plan.localSteps(),
          plan.stepSeconds(),
          plan.stepDollars(),
          plan.seconds(),
          plan.dollars(),
          plan.ratio(),
          plan.equals(recommendation.best()) ? 1 : 0);
    }
    return text.toString();
  }
}
