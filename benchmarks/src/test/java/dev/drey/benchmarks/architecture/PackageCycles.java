package dev.drey.benchmarks.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Packages that use each other, directly or by way of others. A package and one below it are two
 * packages.
 */
final class PackageCycles {

  /** Of each package, the classes of others that its classes use: "Dense uses Task". */
  private final Map<String, Map<String, Set<String>>> arrows = new TreeMap<>();

  /**
   * Of classes.
   *
   * @param uses the full names of the classes that each class uses
   */
  PackageCycles(Map<String, Set<String>> uses) {
    uses.forEach(
        (user, all) ->
            all.forEach(
                used -> {
                  if (!packageOf(user).equals(packageOf(used))) {
                    arrows
                        .computeIfAbsent(packageOf(user), any -> new TreeMap<>())
                        .computeIfAbsent(packageOf(used), any -> new TreeSet<>())
                        .add(simple(user) + " uses " + simple(used));
                  }
                }));
  }

  /** A text for each cycle, with its packages and the classes that make each of its arrows. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    Set<String> told = new TreeSet<>();
    for (String start : arrows.keySet()) {
      Set<String> cycle = reachable(start);
      cycle.removeIf(other -> !reachable(other).contains(start));
      if (!cycle.isEmpty() && told.addAll(cycle)) {
        texts.add(text(cycle));
      }
    }
    return texts;
  }

  private Set<String> reachable(String start) {
    Set<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (String next : arrows.getOrDefault(open.remove(), Map.of()).keySet()) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private String text(Set<String> cycle) {
    StringBuilder text = new StringBuilder("packages use each other: ");
    text.append(String.join(", ", cycle));
    for (String from : cycle) {
      arrows
          .get(from)
          .forEach(
              (to, classes) -> {
                if (cycle.contains(to)) {
                  text.append("\n  ").append(from).append(" -> ").append(to).append(": ");
                  text.append(String.join(", ", classes));
                }
              });
    }
    return text.toString();
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
