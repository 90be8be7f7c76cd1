package dev.drey.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * An array in NumPy's .npy format, as a .npz archive holds several. Its head is read at once, its
 * elements when they are asked for.
 */
public final class NpyArray {

  private final DataFile file;
  private final InputStream in;
  private final ArrayHeader header;

  private NpyArray(DataFile file, InputStream in, ArrayHeader header) {
    this.file = file;
    this.in = in;
    this.header = header;
  }

  /**
   * Reads the head of an array.
   *
   * @param name for messages
   * @param bytes how many there are of it at most
   * @param in where it starts; the caller's to close
   * @throws DataException if it is no array, or not of numbers in C order
   */
  public static NpyArray open(Path name, long bytes, InputStream in) throws IOException {
    DataFile file = new DataFile(name, bytes, false);
    try {
      return new NpyArray(file, in, NpyFormat.head(file, in));
    } catch (EOFException e) {
      throw file.fault("is truncated: it ends in the middle of its header", e);
    }
  }

  /** As declared, which need not be true; empty for a single number. */
  public List<Long> shape() {
    return header.shape();
  }

  /**
   * Reads the elements, once, as floats in C order. The caller owns the array.
   *
   * @throws DataException if there are fewer or more than declared, or more than an array holds
   */
  public float[] values() throws IOException {
    return header.read(file, in).toFloats();
  }
}
