package dev.drey.operators.coordination;

import dev.drey.core.work.Round;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The slots that are left out as late, for the rounds in progress. A repeated question gets the
 * same answer, so a slot that is left out stays so, and a round never lacks more slots than it may.
 * Not thread-safe.
 */
final class LeftOut {

  private final int mayMiss;
  private final TreeMap<Round, Set<Integer>> slots = new TreeMap<>();

  /**
   * @param mayMiss how many slots of a round may be left out, at least 0
   */
  LeftOut(int mayMiss) {
    this.mayMiss = mayMiss;
  }

  /** Leaves the slot out of its round if that is allowed; returns whether it is. */
  boolean grant(Round round, int slot) {
    Set<Integer> granted = slots.getOrDefault(round, Set.of());
    if (granted.contains(slot)) {
      return true;
    }
    if (granted.size() >= mayMiss) {
      return false;
    }
    slots.computeIfAbsent(round, r -> new TreeSet<>()).add(slot);
    return true;
  }

  /** Forgets rounds that are applied or evaluated. */
  void done(Progress progress) {
    slots
        .keySet()
        .removeIf(
            round ->
                switch (round.kind()) {
                  case TRAINING -> round.step() < progress.version();
                  case EVALUATION -> round.step() <= progress.evaluatedVersion();
                });
  }

  Map<Round, Set<Integer>> slots() {
    return Collections.unmodifiableMap(slots);
  }

  /** Restores the slots of a checkpoint. */
  void reset(Map<Round, Set<Integer>> held) {
    slots.clear();
    held.forEach((round, granted) -> slots.put(round, new TreeSet<>(granted)));
  }
}
