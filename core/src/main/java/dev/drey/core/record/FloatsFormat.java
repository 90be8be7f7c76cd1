package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Single-precision numbers of 4 bytes, one after the other: the features, then the labels. Their
 * fields are {@code features} and {@code labels}.
 *
 * @param features how many, at least 1
 * @param labels how many, at least 0
 * @param order of a number's bytes
 */
public record FloatsFormat(int features, int labels, Order order) implements RecordFormat {

  private static final long serialVersionUID = 1L;

  /** The field of the features. */
  public static final FieldPath FEATURES = new FieldPath("features");

  /** The field of the labels. */
  public static final FieldPath LABELS = new FieldPath("labels");

  /** Orders of bytes. */
  public enum Order {
    /** The least byte first, as x86 and NumPy have it. */
    LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN),
    /** The greatest byte first, as Java and networks have it. */
    BIG_ENDIAN(ByteOrder.BIG_ENDIAN);

    private final ByteOrder bytes;

    Order(ByteOrder bytes) {
      this.bytes = bytes;
    }

    /** What the JDK calls it. */
    public ByteOrder bytes() {
      return bytes;
    }
  }

  public FloatsFormat {
    if (features < 1 || labels < 0) {
      throw new IllegalArgumentException(
          features + " features and " + labels + " labels, must be at least 1 and 0");
    }
  }

  @Override
  public Parser open(RecordLimits limits) {
    return this::parse;
  }

  private Fields parse(byte[] value) throws RejectedRecordException {
    long expected = ((long) features + labels) * Float.BYTES;
    if (value.length != expected) {
      throw new RejectedRecordException(
          "has "
              + value.length
              + " bytes, must have "
              + expected
              + ": "
              + features
              + " features and "
              + labels
              + " labels of 4");
    }
    FloatBuffer floats = ByteBuffer.wrap(value).order(order.bytes()).asFloatBuffer();
    return path ->
        path.equals(FEATURES)
            ? numbers(floats, 0, features)
            : path.equals(LABELS) ? numbers(floats, features, labels) : FieldValue.Missing.HERE;
  }

  private static FieldValue numbers(FloatBuffer floats, int from, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = floats.get(from + i);
    }
    return new FieldValue.Numbers(values);
  }

  @Override
  public Optional<String> fault(FieldPath path) {
    return path.equals(FEATURES) || path.equals(LABELS)
        ? Optional.empty()
        : Optional.of("is no field of float arrays, these are features and labels");
  }
}
