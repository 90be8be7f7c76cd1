package dev.drey.core.aggregation;

import dev.drey.core.parameters.Range;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fixed order in which a step's slots are added: a binary tree over all of them. Within each
 * node of the structure the children are halved repeatedly, so that a task with half of them, or a
 * quarter, has one sum to send. The bits of a floating-point sum depend only on how it is
 * bracketed, so merging only siblings of this tree gives the same bits in any order of arrival, on
 * any task. Takes O(slots) memory.
 */
public final class MergeTree {

  /** A node of the tree: its slots and, above a single slot, the two parts it is the sum of. */
  public static final class Node {
    private final Range slots;
    private final @Nullable Node left;
    private final @Nullable Node right;
    private @Nullable Node parent;

    private Node(Range slots, @Nullable Node left, @Nullable Node right) {
      this.slots = slots;
      this.left = left;
      this.right = right;
    }

    public Range slots() {
      return slots;
    }

    /** The part with the lower slots, or null above a single slot. */
    public @Nullable Node left() {
      return left;
    }

    /** The part with the higher slots, or null above a single slot. */
    public @Nullable Node right() {
      return right;
    }

    /** The node that this is a part of, or null at the root. */
    public @Nullable Node parent() {
      return parent;
    }
  }

  private final Map<Range, Node> nodes = new HashMap<>();

  public MergeTree(Structure structure) {
    nest(structure, structure.levels(), 0);
  }

  /**
   * The node over exactly these slots.
   *
   * @throws IllegalArgumentException if the tree never adds them up by themselves
   */
  public Node node(Range slots) {
    Node node = nodes.get(slots);
    if (node == null) {
      throw new IllegalArgumentException("slots " + slots + " are no node of the merge tree");
    }
    return node;
  }

  private Node nest(Structure structure, int level, int index) {
    if (level == 0) {
      return remember(new Node(new Range(index, index + 1), null, null));
    }
    Range children = structure.children(level, index);
    return halve(structure, level - 1, children);
  }

  /** Halves the children: the left part has one more of an odd number. */
  private Node halve(Structure structure, int level, Range children) {
    if (children.length() == 1) {
      return nest(structure, level, children.from());
    }
    int middle = children.from() + (children.length() + 1) / 2;
    Node left = halve(structure, level, new Range(children.from(), middle));
    Node right = halve(structure, level, new Range(middle, children.to()));
    Node node = new Node(new Range(left.slots.from(), right.slots.to()), left, right);
    left.parent = node;
    right.parent = node;
    return remember(node);
  }

  private Node remember(Node node) {
    nodes.put(node.slots, node);
    return node;
  }
}
