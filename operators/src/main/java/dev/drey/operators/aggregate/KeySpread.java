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
      int group = (int) ((long) maxParallelism * i / count);
      int key = 0;
      while (taken.contains(key)
          || KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism) != group) {
        key++;
      }
      taken.add(key);
      keys[i] = key;
    }
  }

  public int count() {
    return keys.length;
  }

  public int key(int index) {
    return keys[index];
  }
}
