package dev.drey.core.aggregation;

import dev.drey.core.parameters.Range;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The shape of the aggregation tree, written from the root to the slots: [1, 5, 22, 100] is one
 * root over 5 nodes over 22 nodes over 100 slots. Node i of a level merges floor or ceil of m[l+1]
 * / m[l] consecutive children. Feng, Kudva, Da Silva and Hu (2018).
 *
 * @param sizes nodes per level: 1 first, slots last, none smaller than the one before
 */
public record Structure(List<Integer> sizes) implements Serializable {

  public Structure {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2) {
      throw new IllegalArgumentException(
          "structure " + sizes + " has " + sizes.size() + " levels, needs the root and the slots");
    }
    if (sizes.get(0) != 1) {
      throw new IllegalArgumentException(
          "structure " + sizes + " starts with " + sizes.get(0) + ", the root is 1 node");
    }
    for (int level = 1; level < sizes.size(); level++) {
      if (sizes.get(level) < sizes.get(level - 1)) {
        throw new IllegalArgumentException(
            "structure "
                + sizes
                + ": a level of "
                + sizes.get(level)
                + " nodes cannot feed "
                + sizes.get(level - 1)
                + ", every node needs a child");
      }
    }
  }

  public static Structure of(int... sizes) {
    return new Structure(IntStream.of(sizes).boxed().toList());
  }

  /**
   * Reads "1,5,22,100"; dashes, spaces and brackets serve as well.
   *
   * @throws IllegalArgumentException if it is not a structure
   */
  public static Structure parse(String text) {
    try {
      return new Structure(
          Stream.of(text.replaceAll("[\\[\\]\\s]", "").split("[,-]", -1))
              .map(Integer::valueOf)
              .toList());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "structure \"" + text + "\" must be whole numbers from the root, as 1,5,22,100", e);
    }
  }

  /**
   * The structure that Feng et al. (2018) choose for n workers: k = int(ln n - 1) levels in
   * between, at most 2, of n^(i/(k+1)) nodes each, rounded. 100 gives [1, 5, 22, 100].
   */
  public static Structure ruleOfThumb(int slots) {
    int between = Math.min(2, Math.max(0, (int) (Math.log(slots) - 1)));
    return new Structure(
        IntStream.rangeClosed(0, between + 1)
            .mapToObj(i -> (int) Math.round(Math.pow(slots, i / (between + 1.0))))
            .toList());
  }

  /** How many slots a step has. */
  public int slots() {
    return sizes.get(sizes.size() - 1);
  }

  /**
   * How many levels of nodes add sums up: 1 for a flat [1, n]. Level 1 is right above the slots.
   */
  public int levels() {
    return sizes.size() - 1;
  }

  /**
   * How many nodes the level has.
   *
   * @param level 0 for the slots, {@link #levels} for the root
   */
  public int nodes(int level) {
    return sizes.get(levels() - level);
  }

  /** The children, one level below, of a node. */
  public Range children(int level, int node) {
    return Range.part(nodes(level - 1), nodes(level), node);
  }

  /** The slots below a node. */
  public Range slots(int level, int node) {
    int from = node;
    int to = node + 1;
    for (int l = level; l > 0; l--) {
      from = children(l, from).from();
      to = children(l, to - 1).to();
    }
    return new Range(from, to);
  }

  /** The node of the level that a slot lies below. */
  public int nodeOf(int level, int slot) {
    int node = slot;
    for (int l = 1; l <= level; l++) {
      node = parent(l, node);
    }
    return node;
  }

  /** The node of {@code level} whose children include {@code child}. */
  private int parent(int level, int child) {
    long children = nodes(level - 1);
    long nodes = nodes(level);
    // children(level, i) starts at floor(children * i / nodes): the largest i that starts at or
    // before the child.
    return (int) ((nodes * (child + 1) - 1) / children);
  }

  /** As 1-5-22-100, for files of comma-separated values. */
  public String dashed() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
