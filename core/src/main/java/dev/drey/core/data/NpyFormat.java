package dev.drey.core.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * NumPy's .npy, versions 1 and 2: a magic string, the version, the header's length (little-endian),
 * a Python dictionary as text, the elements.
 */
final class NpyFormat {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Limit of a header's length; that of an array without named fields has about 100 characters. */
  private static final int MAX_HEADER = 1 << 16;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*((?:\\d{1,18}\\s*,?\\s*)*)\\)");

  private NpyFormat() {}

  static StoredMatrix read(DataFile file, InputStream in) throws IOException {
    return head(file, in).read(file, in);
  }

  /** Reads the header, which precedes the elements. */
  static ArrayHeader head(DataFile file, InputStream in) throws IOException {
    DataInputStream start = new DataInputStream(in);
    byte[] magic = new byte[MAGIC.length];
    start.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw file.fault("is not an NPY file: it does not start with \\x93NUMPY");
    }
    int version = start.readUnsignedByte();
    int minor = start.readUnsignedByte();
    if (version != 1 && version != 2) {
      throw file.fault("is of NPY version " + version + "." + minor + ", known are 1 and 2");
    }
    long length =
        version == 1
            ? Short.toUnsignedLong(Short.reverseBytes(start.readShort()))
            : Integer.toUnsignedLong(Integer.reverseBytes(start.readInt()));
    if (length > MAX_HEADER) {
      throw file.fault("has an NPY header of " + length + " bytes, at most " + MAX_HEADER);
    }
    byte[] header = new byte[(int) length];
    start.readFully(header);
    return header(file, new String(header, StandardCharsets.ISO_8859_1));
  }

  private static ArrayHeader header(DataFile file, String text) throws DataException {
    String type = find(file, TYPE, text, "'descr'");
    if (find(file, ORDER, text, "'fortran_order'").equals("True")) {
      throw file.fault("is in Fortran order, must be in C order (numpy.ascontiguousarray)");
    }
    String shape = find(file, SHAPE, text, "'shape'");
    List<Long> dimensions =
        Stream.of(shape.split(",", -1))
            .map(String::strip)
            .filter(dimension -> !dimension.isEmpty())
            .map(Long::valueOf)
            .toList();
    return new ArrayHeader(type(file, type), ByteOrder.LITTLE_ENDIAN, dimensions);
  }

  private static String find(DataFile file, Pattern pattern, String text, String key)
      throws DataException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw file.fault("has an NPY header without a readable " + key + ": " + text.strip());
    }
    return matcher.group(1);
  }

  private static ElementType type(DataFile file, String type) throws DataException {
    return switch (type) {
      case "|u1" -> ElementType.UBYTE;
      case "<i4" -> ElementType.INT;
      case "<i8" -> ElementType.LONG;
      case "<f4" -> ElementType.FLOAT;
      case "<f8" -> ElementType.DOUBLE;
      default ->
          throw file.fault(
              "has NPY elements of type " + type + ", known are |u1, <i4, <i8, <f4 and <f8");
    };
  }
}
