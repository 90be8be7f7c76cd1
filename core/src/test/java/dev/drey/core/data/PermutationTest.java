package dev.drey.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {

  /** A run's shuffles must not change with the JDK or the code. */
  @Test
  void tenWithSeedSevenAreAlwaysInThisOrder() {
    assertThat(Permutation.of(10, 7)).containsExactly(TEN);
  }

  @Test
  void everyNumberComesOnce() {
    for (int n : new int[] {0, 1, 2, 1000}) {
      assertThat(IntStream.of(Permutation.of(n, 3)).sorted().toArray())
          .isEqualTo(IntStream.range(0, n).toArray());
    }
  }

  private static final int[] TEN = {1, 5, 0, 4, 2, 8, 7, 3, 9, 6};

  /** 60,000 draws of 6 orders: a count's deviation is 91, five of those are allowed. */
  @Test
  void everyOrderIsAsLikely() {
    int[] counts = new int[27];
    for (int seed = 0; seed < 60_000; seed++) {
      int[] order = Permutation.of(3, seed);
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    assertThat(IntStream.of(counts).filter(count -> count > 0).boxed())
        .hasSize(6)
        .allSatisfy(count -> assertThat(count).isBetween(10_000 - 456, 10_000 + 456));
  }
}
