package dev.drey.benchmarks.measure;

import dev.drey.job.cli.Drey;
import dev.drey.job.run.LocalTraining;
import java.io.IOException;
import java.nio.file.Path;

/** A topic with the images of Fashion-MNIST: 784 features, and the class. */
public final class FilledTopic {

  private static final String ROWS = "examples/fashion-mlp.yaml";

  private FilledTopic() {}

  /**
   * Makes the topic of a run, and writes rows to it by {@code drey produce}, the first again after
   * the last.
   *
   * @param home where Drey is built
   * @param specification of the run
   * @param records how many
   */
  public static void fill(Path home, Path specification, int partitions, long records)
      throws IOException {
    int code =
        Drey.run(
            new LocalTraining(home),
            "produce",
            specification.toString(),
            "--rows-of=" + home.resolve(ROWS),
            "--loop",
            "--limit=" + records,
            "--partitions=" + partitions);
    if (code != 0) {
      throw new IOException("drey produce ended with code " + code);
    }
  }
}
