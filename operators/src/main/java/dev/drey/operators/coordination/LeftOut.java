package dev.drey.operators.coordination;

import dev.drey.core.work.Round;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which slots of the rounds under way are left out as late. Who asks again gets the same verdict,
 * so a slot that was let go stays out, and a round never lacks more than it may. Not thread-safe.
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

  /** Whether the slot may be left out of its round, which it then is. */
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

  /** Forgets the rounds that are applied, or evaluated. */
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

  /** Goes back to what a checkpoint held. */
  void reset(Map<Round, Set<Integer>> held) {
    slots.clear();
    held.forEach((round, granted) -> slots.put(round, new TreeSet<>(granted)));
  }
}
