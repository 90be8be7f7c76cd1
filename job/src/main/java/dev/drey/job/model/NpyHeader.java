package dev.drey.job.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header of a NumPy array file, format 1.0, with little-endian 32-bit floats in C order, in the
 * same bytes as NumPy writes:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
 */
final class NpyHeader {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private NpyHeader() {}

  /** The bytes before the first float. */
  static byte[] of(List<Integer> shape) {
    String end = shape.size() == 1 ? ",)" : ")";
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': "
            + shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", end))
            + ", }";
    int head = MAGIC.length + Short.BYTES;
    int length = (head + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(length - head - text.length() - 1) + "\n";
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
