package dev.drey.job.model;

import dev.drey.job.onnx.OnnxModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network with its parameters as {@code model.onnx}. The same parameters give the same bytes. */
public final class OnnxFile {

  private OnnxFile() {}

  /**
   * Writes the model.
   *
   * @param parameters of the model's network; only read
   * @throws IllegalArgumentException if there are more or fewer, or more than a file can hold
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
