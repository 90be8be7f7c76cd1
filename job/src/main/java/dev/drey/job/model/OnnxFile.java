package dev.drey.job.model;

import dev.drey.job.onnx.OnnxModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code model.onnx}: a network with its parameters. Equal parameters give equal bytes. */
public final class OnnxFile {

  private OnnxFile() {}

  /**
   * Writes the model.
   *
   * @param parameters of the network; only read
   * @throws IllegalArgumentException if their number is wrong, or exceeds what a file can hold
   */
  public static void write(Path file, OnnxModel model, float[] parameters) throws IOException {
    AtomicFile.write(
        file,
        partial -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
            model.write(out, parameters);
          }
        });
  }
}
