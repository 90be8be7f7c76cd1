package dev.drey.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * An array in NumPy's .npy format, such as a member of a .npz archive. The header is read by {@link
 * #open}, the elements by {@link #values}.
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
   * Reads the header of an array.
   *
   * @param name the file's name, for error messages
   * @param bytes upper bound of the array's length, header included
   * @param in positioned at the array's start; the caller closes it
   * @throws DataException if it is not an array of numbers in C order
   */
  public static NpyArray open(Path name, long bytes, InputStream in) throws IOException {
    DataFile file = new DataFile(name, bytes, false);
    try {
      return new NpyArray(file, in, NpyFormat.head(file, in));
    } catch (EOFException e) {
      throw file.fault("is truncated: it ends in the middle of its header", e);
    }
  }

  /** The shape as declared by the header, not yet checked; empty for a scalar. */
  public List<Long> shape() {
    return header.shape();
  }

  /**
   * Reads the elements as floats in C order; may be called once. The caller owns the array.
   *
   * @throws DataException if there are fewer or more than declared, or more than a Java array holds
   */
  public float[] values() throws IOException {
    return header.read(file, in).toFloats();
  }
}
