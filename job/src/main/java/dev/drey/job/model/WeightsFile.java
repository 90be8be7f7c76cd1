package dev.drey.job.model;

import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A network's parameters as {@code weights.npz}, which NumPy's load reads: one array of 32-bit
 * floats per tensor, under the tensor's name. The same parameters give the same bytes.
 */
public final class WeightsFile {

  private WeightsFile() {}

  /**
   * Writes the parameters.
   *
   * @param parameters one per parameter of the network; only read
   * @throws IllegalArgumentException if there are more or fewer
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
   * @throws IOException if the file is missing or damaged, or is of another network; the message
   *     names it
   */
  public static float[] read(Path file, NetworkSpec network) throws IOException {
    return archive(network).read(file)[0];
  }

  private static TensorArchive archive(NetworkSpec network) {
    return new TensorArchive(network, List.of(""));
  }
}
