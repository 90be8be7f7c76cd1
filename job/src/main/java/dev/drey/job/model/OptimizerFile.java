package dev.drey.job.model;

import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The moments of an optimizer as {@code optimizer.npz}: the arrays of {@link WeightsFile}, once per
 * moment, named {@code m0.0.kernel}, {@code m1.0.kernel} and so on. For Adam, m0 is the mean of
 * gradients and m1 the mean of squared gradients. Equal moments give equal bytes.
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
   * @param moments number of moments of the optimizer
   * @throws IOException if the file is missing or damaged, or belongs to another network or
   *     optimizer; the message names the file
   */
  public static float[][] read(Path file, NetworkSpec network, int moments) throws IOException {
    return archive(network, moments).read(file);
  }

  private static TensorArchive archive(NetworkSpec network, int moments) {
    List<String> prefixes = IntStream.range(0, moments).mapToObj(i -> "m" + i + ".").toList();
    return new TensorArchive(network, prefixes);
  }
}
