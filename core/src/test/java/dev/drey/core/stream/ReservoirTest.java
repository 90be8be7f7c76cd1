package dev.drey.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservoirTest {

  private static final int PER_STEP = 10;

  @Test
  void aSampleIsDrawnOfWhatCameSinceAStep() {
    Reservoir reservoir = filled(30, 5, 0, 1000);

    List<Long> all = offsets(reservoir.sample(90, 100, 1));

    assertThat(all).hasSize(30).doesNotHaveDuplicates().allMatch(offset -> offset >= 900);
    List<Long> drawn = offsets(reservoir.sample(90, 8, 1));
    assertThat(drawn).hasSize(8).isSubsetOf(all);
    assertThat(offsets(reservoir.sample(90, 8, 2))).isSubsetOf(all).isNotEqualTo(drawn);
    assertThat(offsets(reservoir.sample(90, 8, 1))).isEqualTo(drawn);
  }

  @Test
  void whatIsLessThanASampleIsAllOfIt() {
    Reservoir reservoir = filled(30, 5, 0, 1000);

    assertThat(offsets(reservoir.sample(98, 100, 1)))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(980, 1000).boxed().toList());
    assertThat(reservoir.sample(100, 100, 1)).isEmpty();
  }

  /** Whatever step is asked for: of what came since, those of the greatest ranks. */
  @Test
  void itIsTheSampleThatOneOfThatPartAloneHas() {
    Reservoir all = filled(25, 5, 0, 400);

    for (int since = 27; since < 40; since++) {
      Reservoir part = filled(25, 5, (long) since * PER_STEP, 400);
      assertThat(offsets(all.sample(since, 25, 3))).isEqualTo(offsets(part.sample(since, 25, 3)));
    }
  }

  /**
   * Each of 160 examples is in a sample of 40 of 500 seeds 125 times on the mean. The sum of
   * squares about that, by the variance 500 x 0.25 x 0.75 of each, has a chi-square distribution
   * with 159 degrees of freedom: 99.9 % of its values lie between 107 and 224.
   */
  @Test
  void everyExampleIsAsLikelyToBeInTheSample() {
    int[] counts = new int[160];
    for (int seed = 0; seed < 500; seed++) {
      // Of steps before, which must not matter.
      for (long offset : offsets(filled(40, seed, 0, 700).sample(54, 40, seed))) {
        counts[(int) offset - 540]++;
      }
    }

    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 125.0) * (count - 125.0) / (500 * 0.25 * 0.75);
    }
    assertThat(chiSquare).isBetween(107.0, 224.0);
  }

  /** And of these, in what is drawn: 8 of 20 in 1,000 drawings, 400 times each, likewise. */
  @Test
  void everyExampleOfTheSampleIsAsLikelyToBeDrawn() {
    Reservoir reservoir = filled(20, 5, 0, 20);
    int[] counts = new int[20];
    for (int draw = 0; draw < 1000; draw++) {
      for (long offset : offsets(reservoir.sample(0, 8, draw))) {
        counts[(int) offset]++;
      }
    }

    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 400.0) * (count - 400.0) / (1000 * 0.4 * 0.6);
    }
    assertThat(chiSquare).isBetween(4.0, 46.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50})
  void itKeepsFourTimesTheSampleAtMost(int size) {
    Reservoir reservoir = new Reservoir(size, 5);
    int most = 0;
    for (long offset = 0; offset < 20_000; offset++) {
      reservoir.add(entry(offset));
      most = Math.max(most, reservoir.entries().size());
    }

    assertThat(most).isEqualTo(Reservoir.CAPACITY_FACTOR * size);
    // The newest of them are all there, and the rest reach back beyond the sample.
    Set<Long> kept = new HashSet<>();
    reservoir.entries().forEach(e -> kept.add(e.placed().position().offset()));
    assertThat(kept).containsAll(LongStream.range(20_000 - size, 20_000).boxed().toList());
    assertThat(reservoir.sample(0, size, 1)).hasSize(size);
  }

  @Test
  void whatIsKeptMakesTheSameReservoirAgain() {
    Reservoir reservoir = filled(13, 5, 0, 3000);
    Reservoir again = new Reservoir(13, 5);
    reservoir.entries().forEach(again::add);
    assertThat(again.entries()).isEqualTo(reservoir.entries());

    for (long offset = 3000; offset < 3500; offset++) {
      Reservoir.Entry next = entry(offset);
      reservoir.add(next);
      again.add(next);
      assertThat(again.entries()).isEqualTo(reservoir.entries());
    }
  }

  @Test
  void ranksAreOfPartitionOffsetAndSeed() {
    Reservoir one = new Reservoir(10, 5);
    Reservoir other = new Reservoir(10, 5);
    for (long offset = 0; offset < 100; offset++) {
      one.add(entry("p0", offset));
      other.add(entry("p1", offset));
    }

    assertThat(offsets(one.sample(0, 10, 1))).isNotEqualTo(offsets(other.sample(0, 10, 1)));
    assertThat(offsets(one.sample(0, 10, 1)))
        .isNotEqualTo(offsets(filled(10, 6, 0, 100).sample(0, 10, 1)));
  }

  @Test
  void aSampleOfNothingIsRefused() {
    assertThatThrownBy(() -> new Reservoir(0, 5)).hasMessage("a sample of 0, must be at least 1");
  }

  private static Reservoir filled(int size, long seed, long from, long to) {
    Reservoir reservoir = new Reservoir(size, seed);
    for (long offset = from; offset < to; offset++) {
      reservoir.add(entry(offset));
    }
    return reservoir;
  }

  private static Reservoir.Entry entry(long offset) {
    return entry("p0", offset);
  }

  private static Reservoir.Entry entry(String partition, long offset) {
    return new Reservoir.Entry(
        offset / PER_STEP,
        new PlacedExample(
            new Position(partition, offset), new Example(new float[0], new float[0], false)));
  }

  private static List<Long> offsets(List<PlacedExample> examples) {
    List<Long> offsets = new ArrayList<>();
    examples.forEach(placed -> offsets.add(placed.position().offset()));
    return offsets;
  }
}
