package dev.drey.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
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
  void tasksOfAFlatTreeHaveAsManySlotsAndSendASumEach() {
    for (int slots : new int[] {16, 72, 100, 144, 1000}) {
      for (int tasks : new int[] {2, 4}) {
        Structure flat = Structure.of(1, slots);

        assertThat(slots(flat, tasks))
            .allSatisfy(
                assigned -> assertThat(assigned).isBetween(slots / tasks - 1, slots / tasks + 1));
        for (int task = 0; task < tasks; task++) {
          assertThat(new Shares(flat).targets(task, tasks)).hasSize(1);
        }
      }
    }
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
        int[] assigned = shares.tasks(tasks);
        assertThat(assigned).isSorted();
        assertThat(Arrays.stream(assigned).distinct().count()).isEqualTo(tasks);
      }
    }
  }

  @Test
  void moreTasksThanUnitsLeaveTheLastWithoutOne() {
    assertThat(new Shares(Structure.of(1, 2, 4)).tasks(3)).containsExactly(0, 1);
    assertThat(new Shares(Structure.of(1, 2, 4)).targets(2, 3)).isEmpty();
  }

  /** How many slots each task serves. */
  private static List<Integer> slots(Structure structure, int tasks) {
    Shares shares = new Shares(structure);
    int[] assigned = shares.tasks(tasks);
    int[] slots = new int[tasks];
    IntStream.range(0, assigned.length)
        .forEach(unit -> slots[assigned[unit]] += shares.units().get(unit).length());
    return Arrays.stream(slots).boxed().toList();
  }
}
