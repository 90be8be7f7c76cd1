package dev.drey.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class KeySpreadTest {

  private static final int GROUPS = 128;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 128})
  void numbersSpreadEvenlyOverTasks(int tasks) {
    for (int count : new int[] {1, 2, 3, 4, 5, 8, 16, 22, 64, 100, 128, 129, 256, 300}) {
      int[] perTask = perTask(count, tasks);
      // Off by one is as even as it gets; rounding to whole key groups may cost one more.
      int least = count / tasks;
      int most = (count + tasks - 1) / tasks;
      assertThat(Arrays.stream(perTask).boxed())
          .as("%d numbers over %d tasks", count, tasks)
          .allMatch(n -> n >= least - 1 && n <= most + 1);
    }
  }

  @Test
  void asManyNumbersAsTasksTakeOneEach() {
    for (int count = 1; count <= GROUPS; count++) {
      assertThat(perTask(count, count)).as("%d", count).containsOnly(1);
    }
  }

  @Test
  void aMultipleOfTheTasksIsSharedOutExactly() {
    for (int tasks = 1; tasks <= GROUPS; tasks++) {
      for (int each = 1; each * tasks <= GROUPS; each++) {
        assertThat(perTask(each * tasks, tasks)).as("%d x %d", tasks, each).containsOnly(each);
      }
    }
  }

  @Test
  void tasksComeInOrder() {
    KeySpread keys = new KeySpread(22, GROUPS);
    assertThat(IntStream.range(0, keys.count()).map(i -> task(keys.key(i), 5)).toArray())
        .isSorted();
  }

  @Test
  void keysAreDistinct() {
    for (int count : new int[] {1, 7, 128, 1000}) {
      KeySpread keys = new KeySpread(count, GROUPS);
      assertThat(IntStream.range(0, count).map(keys::key).distinct().count()).isEqualTo(count);
    }
  }

  private static int[] perTask(int count, int tasks) {
    KeySpread keys = new KeySpread(count, GROUPS);
    int[] perTask = new int[tasks];
    for (int i = 0; i < count; i++) {
      perTask[task(keys.key(i), tasks)]++;
    }
    assertThat(Arrays.stream(perTask).sum()).isEqualTo(count);
    return perTask;
  }

  private static int task(int key, int tasks) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, GROUPS, tasks);
  }
}
