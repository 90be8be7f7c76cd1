package dev.drey.job.model;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.TensorSpec;
import dev.drey.core.parameters.Floats;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Flat vectors over a network's parameters as a file for {@code numpy.load}: one array of 32-bit
 * floats per vector and tensor, named by the vector's prefix and the tensor's name. Equal values
 * give equal bytes.
 *
 * @param network whose tensors divide the vectors
 * @param prefixes one per vector, all different
 */
record TensorArchive(NetworkSpec network, List<String> prefixes) {

  /** A fixed time stamp for all entries, so that the bytes do not depend on the clock. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  TensorArchive {
    prefixes = List.copyOf(prefixes);
  }

  /** Writes the vectors to a file; see {@link #write(OutputStream, float[][])}. */
  void write(Path file, float[]... vectors) throws IOException {
    AtomicFile.write(
        file,
        partial -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
            write(out, vectors);
          }
        });
  }

  /**
   * Writes the vectors; does not close the stream.
   *
   * @param vectors one per prefix, [parameters]; only read
   * @throws IllegalArgumentException if the number of vectors or values is wrong
   */
  void write(OutputStream out, float[]... vectors) throws IOException {
    check(vectors);
    ZipOutputStream zip = new ZipOutputStream(out);
    for (int i = 0; i < vectors.length; i++) {
      for (TensorSpec tensor : network.tensors()) {
        put(zip, prefixes.get(i), tensor, vectors[i]);
      }
    }
    zip.finish();
    zip.flush();
  }

  private void check(float[][] vectors) {
    if (vectors.length != prefixes.size()) {
      throw new IllegalArgumentException(
          "there are " + vectors.length + " vectors, must be " + prefixes.size());
    }
    for (float[] vector : vectors) {
      if (vector.length != network.parameterCount()) {
        throw new IllegalArgumentException(
            "there are "
                + vector.length
                + " parameters, the network has "
                + network.parameterCount());
      }
    }
  }

  private static void put(ZipOutputStream zip, String prefix, TensorSpec tensor, float[] parameters)
      throws IOException {
    byte[] header = NpyHeader.of(tensor.shape());
    byte[] values =
        Floats.toBytes(Arrays.copyOfRange(parameters, tensor.range().from(), tensor.range().to()));
    CRC32 crc = new CRC32();
    crc.update(header);
    crc.update(values);
    ZipEntry entry = new ZipEntry(prefix + tensor.name() + ".npy");
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(NO_TIME);
    entry.setSize((long) header.length + values.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(header);
    zip.write(values);
    zip.closeEntry();
  }

  /**
   * Reads what {@link #write(Path, float[][])} wrote. The caller owns the arrays.
   *
   * @return one vector per prefix
   * @throws IOException if the file is missing or damaged, or belongs to another network; the
   *     message names the file
   */
  float[][] read(Path file) throws IOException {
    float[][] vectors = new float[prefixes.size()][network.parameterCount()];
    List<TensorSpec> tensors = network.tensors();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      int arrays = tensors.size() * prefixes.size();
      if (zip.size() != arrays) {
        throw new IOException(file + ": has " + zip.size() + " arrays, must have " + arrays);
      }
      for (int i = 0; i < vectors.length; i++) {
        for (TensorSpec tensor : tensors) {
          float[] values = read(zip, file, prefixes.get(i), tensor);
          System.arraycopy(values, 0, vectors[i], tensor.range().from(), values.length);
        }
      }
    } catch (ZipException e) {
      throw new IOException(file + ": is damaged: " + e.getMessage(), e);
    }
    return vectors;
  }

  private static float[] read(ZipFile zip, Path file, String prefix, TensorSpec tensor)
      throws IOException {
    String name = prefix + tensor.name() + ".npy";
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(file + ": has no array " + name + ", the network needs it");
    }
    byte[] header = NpyHeader.of(tensor.shape());
    int length = tensor.range().length() * Float.BYTES;
    if (entry.getSize() != (long) header.length + length) {
      throw new IOException(
          "%s: %s has %d bytes, shape %s of 32-bit floats has %d"
              .formatted(
                  file, name, entry.getSize(), tensor.shape(), (long) header.length + length));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      if (!Arrays.equals(in.readNBytes(header.length), header)) {
        throw new IOException(
            file + ": " + name + " is not an array of 32-bit floats of shape " + tensor.shape());
      }
      byte[] bytes = in.readNBytes(length);
      CRC32 crc = new CRC32();
      crc.update(header);
      crc.update(bytes);
      if (bytes.length != length || crc.getValue() != entry.getCrc()) {
        throw new IOException(file + ": " + name + " is damaged: its checksum does not match");
      }
      return Floats.fromBytes(bytes);
    }
  }
}
