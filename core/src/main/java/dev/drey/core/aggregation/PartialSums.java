package dev.drey.core.aggregation;

import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.stream.Intake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts that have arrived for one step and shard below one node of the tree, added up as soon
 * as enough neighbours have arrived. Not thread-safe.
 *
 * <p>A part is merged only with its sibling of the {@link MergeTree}, so the result has the same
 * bits in any order of arrival. Several merges are done in one pass over memory: parts are held
 * until {@value #FAN_IN} neighbours, or all, have arrived, and then the whole expression is
 * evaluated block by block: each part is read once and the sum written once. At most about {@value
 * #FAN_IN} times log2(parts) parts are held.
 */
public final class PartialSums {

  private static final int FAN_IN = 8;

  /** Floats of one block: with the temporaries of an expression it fits into the L2 cache. */
  private static final int BLOCK = 8192;

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
   * Adds a part. One whose slots are already included is ignored, so that a part that arrives twice
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

  /** The sum over all slots of the target, once all have arrived. */
  public Optional<PartialSum> complete() {
    return Optional.ofNullable(held.get(target.slots()));
  }

  /** The parts held now: disjoint, in no particular order. */
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
    SumExpression expression = SumExpression.of(node, held, inputs);
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
    float[][] temporaries = new float[expression.temporaries()][length];
    for (int from = 0; from < length; from += BLOCK) {
      expression.write(sum, from, Math.min(length, from + BLOCK), temporaries);
    }
    inputs.forEach(input -> held.remove(input.slots()));
    held.put(
        node.slots(),
        new PartialSum(
            first.round(),
            first.parameters(),
            node.slots(),
            expression.tally(),
            inputs.stream().flatMap(input -> input.dropped().stream()).toList(),
            inputs.stream().map(PartialSum::intake).reduce(Intake.NONE, Intake::plus),
            Slice.of(sum)));
  }
}
