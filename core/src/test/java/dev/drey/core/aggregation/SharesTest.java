package dev.drey.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {

  @Test
  void levelOneNodesAreDealtOutInOrder() {
    Shares shares = new Shares(Structure.of(1, 4, 16));

    assertThat(shares.units()).hasSize(4).allMatch(unit -> unit.length() == 4);
    assertThat(shares.tasks(2)).containsExactly(0, 0, 1, 1);
  }

  @Test
  void tasksOfAFlatTreeHaveAsManySlotsThoughItsUnitsAreUneven() {
    // The merge tree over 100 slots has parts of 64, 32 and 4; units of 8, and the last four of 1.
    assertThat(slots(Structure.of(1, 100), 2)).containsExactly(48, 52);
    assertThat(slots(Structure.of(1, 72), 2)).containsExactly(40, 32);
    assertThat(slots(Structure.of(1, 144), 2)).containsExactly(80, 64);
    assertThat(slots(Structure.of(1, 64), 4)).containsExactly(16, 16, 16, 16);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 16, 31, 64, 100, 129, 1000})
  void everyTaskHasUnitsWhileThereAreEnough(int slots) {
    for (Structure structure :
        new Structure[] {
          Structure.of(1, slots),
          Structure.of(1, (slots + 2) / 3, slots),
          Structure.of(1, slots, slots)
        }) {
      Shares shares = new Shares(structure);
      for (int tasks = 1; tasks <= Math.min(16, shares.units().size()); tasks++) {
        int[] dealt = shares.tasks(tasks);
        assertThat(dealt).isSorted();
        assertThat(Arrays.stream(dealt).distinct().count()).isEqualTo(tasks);
      }
    }
  }

  @Test
  void moreTasksThanUnitsLeaveTheLastWithoutOne() {
    assertThat(new Shares(Structure.of(1, 2, 4)).tasks(3)).containsExactly(0, 1);
    assertThat(new Shares(Structure.of(1, 2, 4)).targets(2, 3)).isEmpty();
  }

  /** How many slots each task serves. */
  private static int[] slots(Structure structure, int tasks) {
    Shares shares = new Shares(structure);
    int[] dealt = shares.tasks(tasks);
    int[] slots = new int[tasks];
    IntStream.range(0, dealt.length)
        .forEach(unit -> slots[dealt[unit]] += shares.units().get(unit).length());
    return slots;
  }
}
