package dev.drey.core.data;

import dev.drey.core.stream.Position;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Identities of examples: row numbers of a data set, or positions of records in a stream. */
public sealed interface ExampleIds extends Serializable {

  /** The number of examples. */
  int count();

  /**
   * Rows of a data set.
   *
   * @param numbers row numbers; owned by the record, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Rows(int... numbers) implements ExampleIds {

    private static final long serialVersionUID = 1L;

    @Override
    public int count() {
      return numbers.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Rows o && Arrays.equals(numbers, o.numbers);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
      return "rows " + Arrays.toString(numbers);
    }
  }

  /**
   * Records of a stream.
   *
   * @param positions partition and offset of each
   */
  record Records(List<Position> positions) implements ExampleIds {

    private static final long serialVersionUID = 1L;

    public Records {
      positions = List.copyOf(positions);
    }

    @Override
    public int count() {
      return positions.size();
    }
  }
}
