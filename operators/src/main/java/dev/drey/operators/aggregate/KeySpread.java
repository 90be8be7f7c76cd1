package dev.drey.operators.aggregate;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Keys for the numbers [0, count) that Flink's hashing spreads evenly and in order over the tasks,
 * at any parallelism. Hashing the numbers themselves would put both of two shards on one task half
 * of the time.
 */
public final class KeySpread implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[] keys;

  /**
   * @param maxParallelism the number of key groups, at least 1
   */
  public KeySpread(int count, int maxParallelism) {
    this.keys = new int[count];
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int group = group(i, count, maxParallelism);
      int key = 0;
      while (taken.contains(key)
          || KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism) != group) {
        key++;
      }
      taken.add(key);
      keys[i] = key;
    }
  }

  /**
   * The first key group of the i-th of {@code count} equal ranges, rounded up: Flink rounds down
   * when it assigns groups to tasks, so 3 numbers would be spread over 3 tasks as 2, 1 and 0. If
   * there are more numbers than groups, numbers share groups, rounded down.
   */
  private static int group(int index, int count, int maxParallelism) {
    long roundUp = count <= maxParallelism ? count - 1 : 0;
    return (int) (((long) maxParallelism * index + roundUp) / count);
  }

  public int count() {
    return keys.length;
  }

  public int key(int index) {
    return keys[index];
  }
}
