package dev.drey.core.parameters;

import java.util.Arrays;
import java.util.Objects;

/**
 * A view of consecutive elements of a {@code float[]}. It owns nothing: whoever made the array says
 * who may change it. Equal by content.
 *
 * @param array the array that is viewed
 * @param from index of the first element of the view
 * @param length how many elements the view has
 */
@SuppressWarnings("ArrayRecordComponent") // equals compares the contents
public record Slice(float[] array, int from, int length) {

  /** A slice without elements. */
  public static final Slice EMPTY = of(new float[0]);

  public Slice {
    Objects.checkFromIndexSize(from, length, array.length);
  }

  /** The whole array. */
  public static Slice of(float[] array) {
    return new Slice(array, 0, array.length);
  }

  /** The elements of a range, counted from this slice's first. */
  public Slice part(Range range) {
    Objects.checkFromToIndex(range.from(), range.to(), length);
    return new Slice(array, from + range.from(), range.length());
  }

  public float get(int index) {
    return array[from + Objects.checkIndex(index, length)];
  }

  /** The elements in an array that the caller owns. */
  public float[] toArray() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  /** One past the last index in {@link #array}. */
  public int to() {
    return from + length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice o && Arrays.equals(array, from, to(), o.array, o.from, o.to());
  }

  @Override
  public int hashCode() {
    return length == 0 ? 0 : 31 * length + Float.hashCode(array[from]);
  }

  @Override
  public String toString() {
    return "Slice[" + length + ", norm " + Math.sqrt(Floats.sumOfSquares(toArray())) + "]";
  }
}
