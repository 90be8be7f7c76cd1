package dev.drey.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.data.Permutation;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.work.Round;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartialSumsTest {

  private static final Round ROUND = Round.training(3);

  @Test
  void slotsAreAddedUpOnceAllAreThere() {
    MergeTree tree = new MergeTree(Structure.of(1, 3));
    PartialSums sums = new PartialSums(tree, new Range(0, 3));

    assertThat(sums.add(part(1, 10, 20))).isTrue();
    assertThat(sums.add(part(0, 1, 2))).isTrue();
    assertThat(sums.complete()).isEmpty();
    assertThat(sums.add(part(2, 100, 200))).isTrue();

    PartialSum sum = sums.complete().orElseThrow();
    assertThat(sum.values().toArray()).containsExactly(111, 222);
    assertThat(sum.slots()).isEqualTo(new Range(0, 3));
    assertThat(sum.parameters()).isEqualTo(new Range(0, 2));
    assertThat(sum.round()).isEqualTo(ROUND);
    assertThat(sum.tally().examples()).isEqualTo(3);
    assertThat(sums.held()).containsExactly(sum);
  }

  @Test
  void theValuesOfThisTestAreNotAssociative() {
    float[][] values = values(3, 100, new SplittableRandom(1));
    boolean differs = false;
    for (int i = 0; i < 100; i++) {
      differs |=
          (values[0][i] + values[1][i]) + values[2][i]
              != values[0][i] + (values[1][i] + values[2][i]);
    }
    assertThat(differs).isTrue();
  }

  @Test
  void anyOrderOfArrivalGivesTheSameBits() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 60; round++) {
      Structure structure = structure(random);
      int slots = structure.slots();
      int length = round % 10 == 0 ? 2500 : random.nextInt(1, 40); // 2500: more than one block
      float[][] values = values(slots, length, random);
      MergeTree tree = new MergeTree(structure);
      float[] expected = recursive(tree.node(new Range(0, slots)), values);
      for (int order = 0; order < 4; order++) {
        PartialSums sums = new PartialSums(tree, new Range(0, slots));
        for (int slot : Permutation.of(slots, random.nextLong())) {
          assertThat(sums.complete()).isEmpty();
          assertThat(sums.add(part(slot, values[slot]))).isTrue();
        }
        PartialSum sum = sums.complete().orElseThrow();
        assertThat(sum.values().toArray()).as("%s", structure).containsExactly(expected);
        assertThat(sum.tally().examples()).isEqualTo(slots);
        assertThat(sum.tally().lossSum()).isEqualTo(slots * 0.5);
      }
    }
  }

  @Test
  void addingWithinNodesFirstGivesTheSameBits() {
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 40; round++) {
      Structure structure = structure(random);
      int slots = structure.slots();
      float[][] values = values(slots, 17, random);
      MergeTree tree = new MergeTree(structure);
      PartialSums root = new PartialSums(tree, new Range(0, slots));
      int level = random.nextInt(structure.levels());
      for (int node : Permutation.of(structure.nodes(level), random.nextLong())) {
        root.add(added(tree, structure.slots(level, node), values, random));
      }

      assertThat(root.complete().orElseThrow().values().toArray())
          .as("%s by level %d", structure, level)
          .containsExactly(recursive(tree.node(new Range(0, slots)), values));
    }
  }

  @Test
  void partsMergedInTwoPlacesMeetWithTheSameBits() {
    SplittableRandom random = new SplittableRandom(9);
    for (int round = 0; round < 40; round++) {
      Structure structure = structure(random);
      int slots = structure.slots();
      float[][] values = values(slots, 9, random);
      MergeTree tree = new MergeTree(structure);
      Range whole = new Range(0, slots);
      PartialSums here = new PartialSums(tree, whole);
      PartialSums there = new PartialSums(tree, whole);
      for (int slot : Permutation.of(slots, random.nextLong())) {
        (random.nextBoolean() ? here : there).add(part(slot, values[slot]));
      }

      PartialSums all = new PartialSums(tree, whole);
      there.held().forEach(all::add);
      here.held().forEach(all::add);

      assertThat(all.complete().orElseThrow().values().toArray())
          .containsExactly(recursive(tree.node(whole), values));
    }
  }

  @Test
  void oneSlotAloneIsItsOwnSum() {
    PartialSums sums = new PartialSums(new MergeTree(Structure.of(1, 1)), new Range(0, 1));
    PartialSum only = part(0, 1, 2);

    assertThat(sums.add(only)).isTrue();

    assertThat(sums.complete()).containsSame(only);
  }

  @Test
  void emptyValuesAreCountedAllTheSame() {
    PartialSums sums = new PartialSums(new MergeTree(Structure.of(1, 2)), new Range(0, 2));

    sums.add(part(0));
    sums.add(part(1));

    assertThat(sums.complete().orElseThrow().tally().examples()).isEqualTo(2);
  }

  @Test
  void theSameSlotCountsOnce() {
    MergeTree tree = new MergeTree(Structure.of(1, 20));
    PartialSums sums = new PartialSums(tree, new Range(0, 20));
    for (int slot = 0; slot < 20; slot++) {
      assertThat(sums.add(part(slot, 1))).isTrue();
      for (int again = 0; again <= slot; again++) {
        assertThat(sums.add(part(again, 1))).as("slot %d after %d", again, slot).isFalse();
      }
    }
    assertThat(sums.complete().orElseThrow().values().toArray()).containsExactly(20);
  }

  @Test
  void aSumOverSlotsThatAreThereInPartIsRefused() {
    MergeTree tree = new MergeTree(Structure.of(1, 4));
    PartialSums sums = new PartialSums(tree, new Range(0, 4));
    sums.add(part(0, 1));

    assertThatThrownBy(() -> sums.add(part(new Range(0, 2), 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("some of its slots were counted already");
  }

  @Test
  void slotsOutsideTheTargetAreRefused() {
    MergeTree tree = new MergeTree(Structure.of(1, 2, 4));
    PartialSums sums = new PartialSums(tree, new Range(0, 2));

    assertThatThrownBy(() -> sums.add(part(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("slots [2, 3) are not within [0, 2)");
    assertThatThrownBy(() -> new PartialSums(tree, new Range(1, 3)))
        .hasMessage("slots [1, 3) are no node of the merge tree");
  }

  @Test
  void neighboursOverOtherParametersAreRefused() {
    PartialSums sums = new PartialSums(new MergeTree(Structure.of(1, 2)), new Range(0, 2));
    sums.add(part(0, 1, 2));

    assertThatThrownBy(() -> sums.add(part(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its neighbours over");
  }

  @Test
  void noInputIsChanged() {
    PartialSums sums = new PartialSums(new MergeTree(Structure.of(1, 2)), new Range(0, 2));
    PartialSum first = part(0, 1, 2);
    PartialSum second = part(1, 10, 20);

    sums.add(first);
    sums.add(second);

    assertThat(first.values().toArray()).containsExactly(1, 2);
    assertThat(second.values().toArray()).containsExactly(10, 20);
  }

  private static PartialSum added(
      MergeTree tree, Range slots, float[][] values, SplittableRandom random) {
    PartialSums sums = new PartialSums(tree, slots);
    for (int i : Permutation.of(slots.length(), random.nextLong())) {
      sums.add(part(slots.from() + i, values[slots.from() + i]));
    }
    return sums.complete().orElseThrow();
  }

  /** The definition: each node is its left part plus its right part. */
  private static float[] recursive(MergeTree.Node node, float[][] values) {
    if (node.left() == null || node.right() == null) {
      return values[node.slots().from()];
    }
    float[] left = recursive(node.left(), values);
    float[] right = recursive(node.right(), values);
    float[] sum = new float[left.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = left[i] + right[i];
    }
    return sum;
  }

  private static Structure structure(SplittableRandom random) {
    int levels = random.nextInt(1, 4);
    int[] sizes = new int[levels + 1];
    sizes[levels] = random.nextInt(1, 120);
    for (int i = levels - 1; i > 0; i--) {
      sizes[i] = random.nextInt(1, sizes[i + 1] + 1);
    }
    sizes[0] = 1;
    return Structure.of(sizes);
  }

  /** Magnitudes from 1e-4 to 1e4 with both signs: almost every association differs. */
  private static float[][] values(int slots, int length, SplittableRandom random) {
    float[][] values = new float[slots][length];
    for (float[] slot : values) {
      for (int i = 0; i < length; i++) {
        slot[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-4, 5)));
      }
    }
    return values;
  }

  private static PartialSum part(int slot, float... values) {
    return part(new Range(slot, slot + 1), values);
  }

  private static PartialSum part(Range slots, float... values) {
    float[] padded = new float[values.length + 3]; // the slice does not start at 0
    Arrays.fill(padded, Float.NaN);
    System.arraycopy(values, 0, padded, 2, values.length);
    return new PartialSum(
        ROUND,
        new Range(0, values.length),
        slots,
        new Tally(1, 0.5, 0, 1, 0, 0),
        new Slice(padded, 2, values.length));
  }
}
