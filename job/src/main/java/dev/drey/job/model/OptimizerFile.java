package dev.drey.job.model;

import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An optimiser's moments as {@code optimizer.npz}: the arrays of {@link WeightsFile}, once per
 * moment, named {@code m0.0.kernel}, {@code m1.0.kernel} and so on. Adam's m0 is its mean of
 * gradients, m1 its mean of squared gradients. The same moments give the same bytes.
 */
public final class OptimizerFile {

  private OptimizerFile() {}

  /**
   * Writes the moments.
   *
   * @param moments [moments, parameters], at least one; only read
   */
  public static void write(Path file, NetworkSpec network, float[][] moments) throws IOException {
    archive(network, moments.length).write(file, moments);
  }

  /**
   * Reads what {@link #write} wrote. The caller owns the arrays.
   *
   * @param moments how many the optimiser has
   * @throws IOException if the file is missing or damaged, or is of another network or optimiser;
   *     the message names it
   */
  public static float[][] read(Path file, NetworkSpec network, int moments) throws IOException {
    return archive(network, moments).read(file);
  }

  private static TensorArchive archive(NetworkSpec network, int moments) {
    List<String> prefixes = IntStream.range(0, moments).mapToObj(i -> "m" + i + ".").toList();
    return new TensorArchive(network, prefixes);
  }
}
