package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deals units to tasks, always the same unit to the same task of so many. Not thread-safe.
 *
 * @param <T> what is known of a unit
 */
public final class UnitAssignment<T> {

  private final Shares shares;
  private final Map<Integer, T> units = new TreeMap<>();

  public UnitAssignment(Shares shares) {
    this.shares = shares;
  }

  /** A unit to be assigned; what was known of it before is forgotten. */
  public void add(int unit, T known) {
    units.put(unit, known);
  }

  /** Deals out all units, by task. */
  public Map<Integer, List<T>> deal(int tasks) {
    int[] taskOf = shares.tasks(tasks);
    Map<Integer, List<T>> assignment = new HashMap<>();
    units.forEach(
        (unit, known) ->
            assignment.computeIfAbsent(taskOf[unit], task -> new ArrayList<>()).add(known));
    units.clear();
    return assignment;
  }
}
