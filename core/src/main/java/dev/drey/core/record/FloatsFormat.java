package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Records that are arrays of 32-bit floats: the features, then the labels. They have two fields,
 * {@code features} and {@code labels}.
 *
 * @param features number of features, at least 1
 * @param labels number of label values, at least 0
 * @param order byte order of a number
 */
public record FloatsFormat(int features, int labels, Order order) implements RecordFormat {

  private static final long serialVersionUID = 1L;

  /** The field that holds the features. */
  public static final FieldPath FEATURES = new FieldPath("features");

  /** The field that holds the labels. */
  public static final FieldPath LABELS = new FieldPath("labels");

  /** Byte orders. */
  public enum Order {
    /** Least significant byte first, as on x86 and in NumPy. */
    LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN),
    /** Most significant byte first, as in Java and network protocols. */
    BIG_ENDIAN(ByteOrder.BIG_ENDIAN);

    private final ByteOrder bytes;

    Order(ByteOrder bytes) {
      this.bytes = bytes;
    }

    /** The JDK's constant. */
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
        : Optional.of("is not a field of float arrays, the fields are features and labels");
  }
}
