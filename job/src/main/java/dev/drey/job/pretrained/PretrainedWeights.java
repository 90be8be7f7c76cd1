package dev.drey.job.pretrained;

import dev.drey.core.network.NetworkSpec;
import dev.drey.job.model.Fingerprint;
import dev.drey.job.model.ModelDirectory;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Weights that have been read and fit the network. Since they may be large, Flink's job graph has
 * only the path and the fingerprint of the values; the tasks that need the values read the file
 * again, and must be able to.
 *
 * @param path of a run's directory, an .npz file or an .onnx file, absolute
 * @param network whose weights they are
 * @param sha256 {@link Fingerprint} of the flat vector
 */
public record PretrainedWeights(String path, NetworkSpec network, String sha256)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Proves that a file's weights are those of a network.
   *
   * @param path absolute
   * @throws MisfitException with every tensor that is missing, or of another shape
   * @throws IOException if there is no such file, or it is damaged, or of another format
   */
  public static PretrainedWeights open(Path path, NetworkSpec network) throws IOException {
    return new PretrainedWeights(path.toString(), network, Fingerprint.of(values(path, network)));
  }

  /**
   * The flat vector, which the caller owns.
   *
   * @throws IOException if it cannot be read, or is not what it was
   */
  public float[] read() throws IOException {
    float[] parameters = values(Path.of(path), network);
    String found = Fingerprint.of(parameters);
    if (!found.equals(sha256)) {
      throw new IOException(
          "weights in %s have SHA-256 %s, had %s when the run started"
              .formatted(path, found, sha256));
    }
    return parameters;
  }

  private static float[] values(Path path, NetworkSpec network) throws IOException {
    Path file = Files.isDirectory(path) ? new ModelDirectory(path).weights() : path;
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file
              + (Files.exists(file) ? " is not a file" : " does not exist")
              + (file.equals(path) ? "" : ": no run has ended in this directory"));
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".onnx")) {
      return OnnxGraphFile.origins(file, network).read(network);
    }
    if (!name.endsWith(".npz")) {
      throw new IOException(file + " must be a run's directory, an .npz file or an .onnx file");
    }
    try (NpzArchive archive = NpzArchive.open(file)) {
      List<StoredArray> arrays = archive.arrays();
      Origins origins =
          OwnNames.areUsedBy(arrays, network)
              ? OwnNames.origins(arrays, network)
              : StateDictionary.origins(arrays, network);
      return origins.read(network);
    }
  }
}
