package dev.drey.core.parameters;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A half-open interval [from, to) of indices: of the flat parameter vector, or of a step's slots.
 *
 * @param from the first index, at least 0
 * @param to one past the last index, at least {@code from}
 */
public record Range(
    @JsonProperty(value = "from", required = true) int from,
    @JsonProperty(value = "to", required = true) int to)
    implements Serializable {

  public Range {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "range [" + from + ", " + to + ") must have 0 <= from <= to");
    }
  }

  public int length() {
    return to - from;
  }

  public boolean contains(Range other) {
    return from <= other.from && other.to <= to;
  }

  /** The indices that both have; empty, at no particular place, if there are none. */
  public Range intersection(Range other) {
    int start = Math.max(from, other.from);
    return new Range(start, Math.max(start, Math.min(to, other.to)));
  }

  /**
   * Splits [0, length) into consecutive ranges whose lengths differ by at most one.
   *
   * @param length what is split, at least 0
   * @param parts how many ranges, at least 1
   */
  public static List<Range> split(int length, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts is " + parts + ", must be at least 1");
    }
    List<Range> ranges = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      ranges.add(part(length, parts, i));
    }
    return List.copyOf(ranges);
  }

  /** The {@code index}-th range of {@link #split}, without building the others. */
  public static Range part(int length, int parts, int index) {
    return new Range(
        Math.toIntExact((long) length * index / parts),
        Math.toIntExact((long) length * (index + 1) / parts));
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
