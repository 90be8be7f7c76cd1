package dev.drey.operators;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Sums for tests. Their values are uneven, so that another order of adding gives other bits. */
public final class Sums {

  private Sums() {}

  /** The sum of one slot, drawn by step and slot alone. */
  public static PartialSum slot(long step, int slot, int parameters) {
    return new PartialSum(
        Round.training(step),
        new Range(0, parameters),
        new Range(slot, slot + 1),
        tally(step, slot),
        Slice.of(values(step, slot, parameters)));
  }

  /** A sum that lacks some rows of its first slot besides what it lacks already. */
  public static PartialSum lacking(PartialSum sum, DropReason reason, int... rows) {
    List<Dropped> dropped = new ArrayList<>(sum.dropped());
    dropped.add(new Dropped(reason, sum.round(), sum.slots().from(), rows, "as the test says"));
    return new PartialSum(
        sum.round(),
        sum.parameters(),
        sum.slots(),
        sum.tally(),
        dropped,
        sum.intake(),
        sum.values());
  }

  /** The evaluation of one slot. */
  public static PartialSum evaluation(long version, int slot) {
    return new PartialSum(
        Round.evaluation(version),
        new Range(0, 0),
        new Range(slot, slot + 1),
        tally(version, slot),
        Slice.EMPTY);
  }

  /** A sum over all slots of a step. */
  public static PartialSum root(long step, Range parameters, int slots, float... values) {
    return new PartialSum(
        Round.training(step),
        parameters,
        new Range(0, slots),
        new Tally(slots, slots * 0.5, 1, slots, 0, 10L * slots),
        Slice.of(values));
  }

  /** What the tree of a structure adds up, written without any of the code that is tested. */
  public static float[] added(Structure structure, long step, int parameters) {
    return added(structure, slot -> values(step, slot, parameters));
  }

  /** The same, of any values per slot. */
  public static float[] added(Structure structure, IntFunction<float[]> slots) {
    return node(structure, structure.levels(), 0, slots);
  }

  /** Loss sums are multiples of a half, so that they add up exactly in any order. */
  private static Tally tally(long step, int slot) {
    return new Tally(2, 0.5 * (slot + 1), 1, 1, slot % 2, 10 + step);
  }

  public static float[] values(long step, int slot, int parameters) {
    SplittableRandom random = new SplittableRandom(step * 1000 + slot);
    float[] values = new float[parameters];
    for (int i = 0; i < parameters; i++) {
      values[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-3, 4)));
    }
    return values;
  }

  private static float[] node(
      Structure structure, int level, int index, IntFunction<float[]> slots) {
    return level == 0
        ? slots.apply(index)
        : halved(structure, level - 1, structure.children(level, index), slots);
  }

  private static float[] halved(
      Structure structure, int level, Range children, IntFunction<float[]> slots) {
    if (children.length() == 1) {
      return node(structure, level, children.from(), slots);
    }
    int middle = children.to() - children.length() / 2;
    float[] left = halved(structure, level, new Range(children.from(), middle), slots);
    float[] right = halved(structure, level, new Range(middle, children.to()), slots);
    float[] sum = new float[left.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = left[i] + right[i];
    }
    return sum;
  }
}
