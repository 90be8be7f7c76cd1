package dev.drey.core.aggregation;

import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts that have arrived for one step and shard below one node of the tree, added up as soon
 * as enough neighbours are there. Not thread-safe.
 *
 * <p>A part is merged only with its sibling of the {@link MergeTree}, so the result has the same
 * bits in any order of arrival. Several merges are done in one pass over memory: parts are held
 * until {@value #FAN_IN} neighbours, or all, are there, and then the whole expression is evaluated
 * block by block in the first-level cache: each part is read once and the sum written once. At most
 * about {@value #FAN_IN} times log2(parts) parts are held.
 */
public final class PartialSums {

  private static final int FAN_IN = 8;

  /** Floats of one block: with the few temporaries of an expression it stays in the L1 cache. */
  private static final int BLOCK = 1024;

  private final MergeTree tree;
  private final MergeTree.Node target;
  private final Map<Range, PartialSum> held = new HashMap<>();

  /**
   * @param target the slots to be added up, a node of the tree
   */
  public PartialSums(MergeTree tree, Range target) {
    this.tree = tree;
    this.target = tree.node(target);
  }

  /**
   * Takes a part; it is ignored if its slots are already there, so an answer that comes twice
   * counts once.
   *
   * @return whether the part was new
   * @throws IllegalArgumentException if the part is not below the target, or overlaps another
   *     without being the same
   */
  public boolean add(PartialSum part) {
    if (!target.slots().contains(part.slots())) {
      throw new IllegalArgumentException(
          part + ": slots " + part.slots() + " are not within " + target.slots());
    }
    MergeTree.Node node = tree.node(part.slots());
    if (coveredFromAbove(node)) {
      return false;
    }
    if (parts(node) != 0) {
      throw new IllegalArgumentException(part + ": some of its slots were counted already");
    }
    held.put(part.slots(), part);
    mergeUpwards(node);
    return true;
  }

  /** The sum over all slots of the target, once they are there. */
  public Optional<PartialSum> complete() {
    return Optional.ofNullable(held.get(target.slots()));
  }

  /** The parts as they stand: disjoint, in no particular order. */
  public Collection<PartialSum> held() {
    return held.values();
  }

  private boolean coveredFromAbove(MergeTree.Node node) {
    for (MergeTree.Node n = node; n != null; n = n.parent()) {
      if (held.containsKey(n.slots())) {
        return true;
      }
    }
    return false;
  }

  private void mergeUpwards(MergeTree.Node added) {
    MergeTree.Node full = added;
    int parts = 1;
    for (MergeTree.Node n = added; n != target && n.parent() != null; ) {
      MergeTree.Node parent = n.parent();
      int covered = parts(parent);
      if (covered < 0) {
        break;
      }
      full = parent;
      parts = covered;
      n = parent;
    }
    if (parts > 1 && (full == target || parts >= FAN_IN)) {
      merge(full);
    }
  }

  /** How many held parts make up the node; -1 if slots are missing, 0 if all are. */
  private int parts(MergeTree.@Nullable Node node) {
    if (node == null) {
      return 0;
    }
    if (held.containsKey(node.slots())) {
      return 1;
    }
    if (node.left() == null) {
      return 0;
    }
    int left = parts(node.left());
    int right = parts(node.right());
    if (left == 0 && right == 0) {
      return 0;
    }
    return left > 0 && right > 0 ? left + right : -1;
  }

  private void merge(MergeTree.Node node) {
    List<PartialSum> inputs = new ArrayList<>();
    Expression expression = Expression.of(node, held, inputs);
    PartialSum first = inputs.get(0);
    for (PartialSum input : inputs) {
      if (!input.parameters().equals(first.parameters())) {
        throw new IllegalArgumentException(
            input
                + " is over "
                + input.parameters()
                + ", its neighbours over "
                + first.parameters());
      }
    }
    int length = first.values().length();
    float[] sum = new float[length];
    float[][] scratch = new float[expression.depth()][Math.min(BLOCK, length)];
    for (int from = 0; from < length; from += BLOCK) {
      expression.evaluate(sum, from, from, Math.min(BLOCK, length - from), scratch, 0);
    }
    Tally tally = expression.tally();
    inputs.forEach(input -> held.remove(input.slots()));
    held.put(
        node.slots(),
        new PartialSum(first.round(), first.parameters(), node.slots(), tally, Slice.of(sum)));
  }

  /** A sum of parts with its brackets. */
  private sealed interface Expression {

    static Expression of(
        MergeTree.Node node, Map<Range, PartialSum> held, List<PartialSum> inputs) {
      PartialSum part = held.get(node.slots());
      if (part != null) {
        inputs.add(part);
        return new Part(part);
      }
      if (node.left() == null || node.right() == null) {
        throw new IllegalStateException("slots " + node.slots() + " are missing");
      }
      return new Sum(of(node.left(), held, inputs), of(node.right(), held, inputs));
    }

    /** How many scratch blocks the evaluation takes at once. */
    int depth();

    Tally tally();

    /** Writes the expression over parts[from, from + length) to target[at, at + length). */
    void evaluate(float[] target, int at, int from, int length, float[][] scratch, int level);

    record Part(PartialSum part) implements Expression {

      float[] array() {
        return part.values().array();
      }

      int at(int index) {
        return part.values().from() + index;
      }

      @Override
      public int depth() {
        return 0;
      }

      @Override
      public Tally tally() {
        return part.tally();
      }

      @Override
      public void evaluate(
          float[] target, int at, int from, int length, float[][] scratch, int level) {
        System.arraycopy(array(), at(from), target, at, length);
      }
    }

    record Sum(Expression left, Expression right) implements Expression {

      @Override
      public int depth() {
        return 1 + Math.max(left.depth(), right.depth());
      }

      @Override
      public Tally tally() {
        return left.tally().plus(right.tally());
      }

      @Override
      public void evaluate(
          float[] target, int at, int from, int length, float[][] scratch, int level) {
        if (left instanceof Part l && right instanceof Part r) {
          Floats.sum(l.array(), l.at(from), r.array(), r.at(from), target, at, length);
        } else if (right instanceof Part r) {
          left.evaluate(target, at, from, length, scratch, level);
          Floats.add(target, at, r.array(), r.at(from), length);
        } else {
          left.evaluate(target, at, from, length, scratch, level);
          right.evaluate(scratch[level], 0, from, length, scratch, level + 1);
          Floats.add(target, at, scratch[level], 0, length);
        }
      }
    }
  }
}
