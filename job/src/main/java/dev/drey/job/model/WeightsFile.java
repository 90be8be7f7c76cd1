package dev.drey.job.model;

import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The parameters of a network as {@code weights.npz}, for {@code numpy.load}: one array of 32-bit
 * floats per tensor, under the tensor's name. Equal parameters give equal bytes.
 */
public final class WeightsFile {

  private WeightsFile() {}

  /**
   * Writes the parameters.
   *
   * @param parameters one per parameter of the network; only read
   * @throws IllegalArgumentException if their number is wrong
   */
  public static void write(Path file, NetworkSpec network, float[] parameters) throws IOException {
    archive(network).write(file, parameters);
  }

  /** Writes the parameters to a stream, as {@link #write(Path, NetworkSpec, float[])}. */
  public static void write(OutputStream out, NetworkSpec network, float[] parameters)
      throws IOException {
    archive(network).write(out, parameters);
  }

  /**
   * Reads what {@link #write(Path, NetworkSpec, float[])} wrote. The caller owns the array.
   *
   * @throws IOException if the file is missing or damaged, or belongs to another network; the
   *     message names the file
   */
  public static float[] read(Path file, NetworkSpec network) throws IOException {
    return archive(network).read(file)[0];
  }

  private static TensorArchive archive(NetworkSpec network) {
    return new TensorArchive(network, List.of(""));
  }
}
