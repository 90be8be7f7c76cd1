package dev.drey.job.resume;

import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that a resumed run cannot change: those that determine the layout of its state and the
 * rows of its steps. All others may change: length, learning rate, concurrency, budget.
 */
final class StateKeys {

  /** Fixed keys, each with all keys below it. */
  private static final List<String> FIXED =
      List.of(
          "network",
          "data",
          "training.optimizer",
          "training.mini-batch",
          "training.seed",
          "training.staleness",
          "training.clip-norm",
          "workers.count",
          "aggregation.structure");

  /**
   * Exceptions below {@link #FIXED}, which do not matter once a state exists: where the run began,
   * how it reaches the brokers, and how long it waits for records. The end of the records is part
   * of the state.
   */
  private static final List<String> FREE =
      List.of(
          "network.init-from",
          "data.kafka.bootstrap-servers",
          "data.kafka.group",
          "data.kafka.start",
          "data.kafka.discovery",
          "data.kafka.properties",
          "data.kafka.lost-offsets",
          "data.max-wait",
          "data.max-record");

  private static final String OPTIMIZER = "training.optimizer";

  private StateKeys() {}

  /**
   * Compares a specification with that of the run to resume.
   *
   * @param now the new specification, completed with values computed from the data
   * @param before the specification of the run, completed likewise
   * @param file that {@code before} was read from
   * @return a fault for each key whose values differ, in the order of the specification
   */
  static List<Fault> differences(RunSpecification now, RunSpecification before, Path file) {
    Map<String, String> mine = values(now);
    Map<String, String> others = values(before);
    Set<String> keys = new LinkedHashSet<>(mine.keySet());
    keys.addAll(others.keySet());
    List<Fault> faults = new ArrayList<>();
    for (String key : keys) {
      String value = mine.getOrDefault(key, "left out");
      String other = others.getOrDefault(key, "left out");
      if (!value.equals(other)) {
        faults.add(Fault.of(key, "is " + value + ", must be as in " + file + ": " + other));
      }
    }
    return faults;
  }

  private static Map<String, String> values(RunSpecification specification) {
    Map<String, String> values = new LinkedHashMap<>();
    flatten("", RunSpecification.SECTION.write(specification), values);
    values.keySet().removeIf(key -> !isOneOf(FIXED, key) || isOneOf(FREE, key));
    return values;
  }

  private static boolean isOneOf(List<String> keys, String key) {
    return keys.stream().anyMatch(each -> isBelow(key, each));
  }

  private static boolean isBelow(String key, String fixed) {
    return key.equals(fixed) || key.startsWith(fixed + ".") || key.startsWith(fixed + "[");
  }

  private static void flatten(String path, Object value, Map<String, String> values) {
    if (value instanceof Map<?, ?> map) {
      if (path.equals(OPTIMIZER)) { // only its kind matters: it determines the number of moments
        values.put(path, String.valueOf(map.keySet().iterator().next()));
        return;
      }
      map.forEach(
          (key, inner) -> flatten(path.isEmpty() ? "" + key : path + "." + key, inner, values));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        flatten(path + "[" + i + "]", list.get(i), values);
      }
    } else {
      values.put(path, String.valueOf(value));
    }
  }
}
