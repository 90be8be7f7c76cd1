package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Assigns units to tasks, for the same number of tasks always in the same way. Not thread-safe.
 *
 * @param <T> the split of a unit
 */
public final class UnitAssignment<T> {

  private final Shares shares;
  private final Map<Integer, T> units = new TreeMap<>();

  public UnitAssignment(Shares shares) {
    this.shares = shares;
  }

  /** Adds a unit to be assigned; its earlier split, if any, is replaced. */
  public void add(int unit, T split) {
    units.put(unit, split);
  }

  /** Assigns all units; returns their splits by task. */
  public Map<Integer, List<T>> assign(int tasks) {
    int[] taskOf = shares.tasks(tasks);
    Map<Integer, List<T>> assignment = new HashMap<>();
    units.forEach(
        (unit, split) ->
            assignment.computeIfAbsent(taskOf[unit], task -> new ArrayList<>()).add(split));
    units.clear();
    return assignment;
  }
}
