package dev.drey.job.pretrained;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An array of a file, in C order.
 *
 * @param name as the file has it
 * @param shape as the file declares it
 * @param values its values; read when they are asked for
 */
public record StoredArray(String name, List<Integer> shape, Values values) {

  public StoredArray {
    shape = List.copyOf(shape);
  }

  /** Reads values; the caller owns the array. */
  @FunctionalInterface
  public interface Values {
    float[] read() throws IOException;
  }

  /** An array of zeros, for a layer without one. */
  public static StoredArray zeros(String name, int length) {
    return new StoredArray(name, List.of(length), () -> new float[length]);
  }

  /** Another view of the same values. */
  public StoredArray as(List<Integer> newShape, UnaryOperator<float[]> change) {
    return new StoredArray(name, newShape, () -> change.apply(values.read()));
  }

  /** [n, m] as [m, n]; an array of other dimensions is returned as it is, and will not fit. */
  public StoredArray transposed() {
    if (shape.size() != 2) {
      return this;
    }
    int rows = shape.get(0);
    int columns = shape.get(1);
    return as(List.of(columns, rows), matrix -> transposed(matrix, rows, columns));
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] target = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        target[j * rows + i] = matrix[i * columns + j];
      }
    }
    return target;
  }

  /** Without the dimensions of 1 in front of the last {@code dimensions}. */
  public StoredArray squeezed(int dimensions) {
    List<Integer> rest = new ArrayList<>(shape);
    while (rest.size() > dimensions && rest.get(0) == 1) {
      rest.remove(0);
    }
    return as(rest, UnaryOperator.identity());
  }

  /** The sum with another array of the same shape. */
  public StoredArray plus(StoredArray other) {
    if (!shape.equals(other.shape)) {
      return this; // which will not fit where the other would have
    }
    return new StoredArray(
        name + " + " + other.name,
        shape,
        () -> {
          float[] sum = values.read();
          float[] addend = other.values.read();
          for (int i = 0; i < sum.length; i++) {
            sum[i] += addend[i];
          }
          return sum;
        });
  }
}
