package dev.drey.core.data;

import java.nio.ByteBuffer;

/**
 * The element types of IDX and NPY files. Values are converted to 32-bit floats, rounding wider
 * types.
 */
enum ElementType {
  UBYTE(1),
  BYTE(1),
  SHORT(2),
  INT(4),
  LONG(8),
  FLOAT(4),
  DOUBLE(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element. */
  int bytes() {
    return bytes;
  }

  /**
   * Decodes {@code count} elements from {@code in}, in its byte order, to {@code target[at, at +
   * count)}.
   */
  void decode(ByteBuffer in, float[] target, int at, int count) {
    switch (this) {
      case UBYTE -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = in.get() & 0xff;
        }
      }
      case BYTE -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = in.get();
        }
      }
      case SHORT -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = in.getShort();
        }
      }
      case INT -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = in.getInt();
        }
      }
      case LONG -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = in.getLong();
        }
      }
      case FLOAT -> in.asFloatBuffer().get(target, at, count);
      case DOUBLE -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = (float) in.getDouble();
        }
      }
    }
  }
}
