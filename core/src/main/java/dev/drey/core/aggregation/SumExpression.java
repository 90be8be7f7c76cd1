package dev.drey.core.aggregation;

import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Halves;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A bracketed sum of parts, evaluated block by block, so that intermediate results stay in the
 * cache. The bits depend on the brackets alone, not on how the expression is evaluated.
 */
sealed interface SumExpression {

  /**
   * The expression of a node.
   *
   * @param held the parts that it consists of
   * @param inputs receives them, in slot order
   * @throws IllegalStateException if one is missing
   */
  static SumExpression of(
      MergeTree.Node node, Map<Range, PartialSum> held, List<PartialSum> inputs) {
    PartialSum part = held.get(node.slots());
    if (part != null) {
      inputs.add(part);
      return new Few(part.tally(), new float[][] {fromFirst(part.values())});
    }
    if (node.left() == null || node.right() == null) {
      throw new IllegalStateException("slots " + node.slots() + " are missing");
    }
    SumExpression left = of(node.left(), held, inputs);
    SumExpression right = of(node.right(), held, inputs);
    if (left instanceof Few l && right instanceof Few r && l.isHalfWith(r)) {
      return l.with(r);
    }
    return new Sum(left, right);
  }

  Tally tally();

  /** The number of temporary vectors that the evaluation needs. */
  int temporaries();

  /** Writes the elements [from, to) to y. */
  void write(float[] y, int from, int to, float[][] temporaries);

  /** Computes the elements [from, to) and adds them to y. */
  void addTo(float[] y, int from, int to, float[][] temporaries);

  /** The array of a slice, from its first element on, so that all parts have the same indices. */
  private static float[] fromFirst(Slice values) {
    return values.from() == 0 ? values.array() : values.toArray();
  }

  /** One part, or up to eight in nested halves: what {@link Halves} adds up in one loop. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Few(Tally tally, float[][] arrays) implements SumExpression {

    /** Whether one loop can add up this as the left half and the other as the right half. */
    boolean isHalfWith(Few right) {
      int more = arrays.length - right.arrays.length;
      return (more == 0 || more == 1) && arrays.length + right.arrays.length <= Halves.MOST;
    }

    Few with(Few right) {
      float[][] both = Arrays.copyOf(arrays, arrays.length + right.arrays.length);
      System.arraycopy(right.arrays, 0, both, arrays.length, right.arrays.length);
      return new Few(tally.plus(right.tally), both);
    }

    @Override
    public int temporaries() {
      return 0;
    }

    @Override
    public void write(float[] y, int from, int to, float[][] temporaries) {
      Halves.sum(y, arrays, from, to);
    }

    @Override
    public void addTo(float[] y, int from, int to, float[][] temporaries) {
      Halves.add(y, arrays, from, to);
    }
  }

  /** Any other shape. */
  record Sum(SumExpression left, SumExpression right) implements SumExpression {

    @Override
    public Tally tally() {
      return left.tally().plus(right.tally());
    }

    @Override
    public int temporaries() {
      int forRight = right.temporaries() + (right instanceof Sum ? 1 : 0);
      return Math.max(left.temporaries(), forRight);
    }

    @Override
    public void write(float[] y, int from, int to, float[][] temporaries) {
      left.write(y, from, to, temporaries);
      right.addTo(y, from, to, temporaries);
    }

    @Override
    public void addTo(float[] y, int from, int to, float[][] temporaries) {
      float[] own = temporaries[temporaries()];
      write(own, from, to, temporaries);
      Floats.add(y, own, from, to);
    }
  }
}
