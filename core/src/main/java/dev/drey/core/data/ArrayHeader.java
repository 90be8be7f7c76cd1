package dev.drey.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The header of an array file; the elements follow it in C order.
 *
 * @param type type of every element
 * @param order byte order of an element
 * @param shape as declared by the file, not yet checked; the first dimension counts rows, the
 *     product of the others is a row's width
 */
record ArrayHeader(ElementType type, ByteOrder order, List<Long> shape) {

  private static final int CHUNK = 1 << 16;

  /**
   * Reads the elements. Memory is allocated only after the declared size was checked against the
   * file's length.
   *
   * @throws DataException if the file holds less or more than declared
   */
  StoredMatrix read(DataFile file, InputStream in) throws IOException {
    int values = values(file);
    int width = (int) (values / shape.get(0));
    byte[] bytes = type == ElementType.UBYTE ? new byte[values] : new byte[0];
    float[] floats = type == ElementType.UBYTE ? new float[0] : new float[values];
    if (type == ElementType.UBYTE) {
      fill(file, in, bytes, values, 0);
    } else {
      int size = type.bytes();
      byte[] chunk = new byte[CHUNK];
      for (int at = 0; at < values; at += CHUNK / size) {
        int count = Math.min(CHUNK / size, values - at);
        fill(file, in, chunk, count * size, (long) at * size);
        type.decode(ByteBuffer.wrap(chunk).order(order), floats, at, count);
      }
    }
    if (in.read() >= 0) {
      throw file.fault("has more bytes than the " + declared() + " its header declares");
    }
    return type == ElementType.UBYTE
        ? new StoredMatrix.Bytes(bytes, width)
        : new StoredMatrix.Floats(floats, width);
  }

  private int values(DataFile file) throws DataException {
    if (shape.isEmpty()) {
      throw file.fault("has no dimensions, must have rows");
    }
    long values = 1;
    for (long dimension : shape) {
      if (dimension < 1 || dimension > StoredMatrix.MAX_VALUES / values) {
        throw file.fault(
            "shape is "
                + shape
                + ", every dimension must be at least 1 and their product at most "
                + StoredMatrix.MAX_VALUES);
      }
      values *= dimension;
    }
    if (values * type.bytes() > file.limit()) {
      throw file.fault(
          "is truncated: its header declares "
              + values * type.bytes()
              + " bytes of values, the file can hold at most "
              + file.limit());
    }
    return (int) values;
  }

  private void fill(DataFile file, InputStream in, byte[] target, int length, long before)
      throws IOException {
    int found = 0;
    try {
      for (int n = 0; found < length && n >= 0; found += Math.max(n, 0)) {
        n = in.read(target, found, length - found);
      }
    } catch (EOFException e) { // a gzip stream that ends early
    }
    if (found < length) {
      throw file.fault(
          "is truncated: its header declares "
              + declared()
              + " bytes of values, found "
              + (before + found));
    }
  }

  private long declared() {
    return shape.stream().mapToLong(d -> d).reduce(type.bytes(), (a, b) -> a * b);
  }
}
