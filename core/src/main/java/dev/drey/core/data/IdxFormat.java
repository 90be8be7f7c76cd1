package dev.drey.core.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * IDX, the format of MNIST: two zero bytes, the element type, the number of dimensions, each
 * dimension as an unsigned 32-bit integer, the elements; all big-endian.
 */
final class IdxFormat {

  private IdxFormat() {}

  static StoredMatrix read(DataFile file, InputStream in) throws IOException {
    DataInputStream header = new DataInputStream(in);
    int zeros = header.readUnsignedShort();
    if (zeros != 0) {
      throw file.fault(
          "is not an IDX file: it starts with 0x%04x, must start with two zero bytes"
              .formatted(zeros));
    }
    ElementType type = type(file, header.readUnsignedByte());
    int dimensions = header.readUnsignedByte();
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(Integer.toUnsignedLong(header.readInt()));
    }
    return new ArrayHeader(type, ByteOrder.BIG_ENDIAN, shape).read(file, in);
  }

  private static ElementType type(DataFile file, int code) throws DataException {
    return switch (code) {
      case 0x08 -> ElementType.UBYTE;
      case 0x09 -> ElementType.BYTE;
      case 0x0b -> ElementType.SHORT;
      case 0x0c -> ElementType.INT;
      case 0x0d -> ElementType.FLOAT;
      case 0x0e -> ElementType.DOUBLE;
      default ->
          throw file.fault(
              "has IDX element type 0x%02x, known are 08, 09, 0b, 0c, 0d and 0e".formatted(code));
    };
  }
}
