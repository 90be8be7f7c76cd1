package dev.drey.connectors.lambda.local;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The environment variables that workers inherit: those that a JVM and native libraries need. All
 * others stay with this process, since credentials may be among them.
 */
final class InheritedVariables {

  private static final Set<String> NAMES =
      Set.of(
          "HOME",
          "JAVA_HOME",
          "LANG",
          "LANGUAGE",
          "LD_LIBRARY_PATH",
          "LOGNAME",
          "MALLOC_ARENA_MAX",
          "PATH",
          "TMPDIR",
          "TZ",
          "USER");

  private static final List<String> PREFIXES = List.of("LC_", "OMP_", "OPENBLAS_");

  private InheritedVariables() {}

  /** Those of these variables that workers inherit. */
  static Map<String, String> of(Map<String, String> variables) {
    return variables.entrySet().stream()
        .filter(variable -> isInherited(variable.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static boolean isInherited(String name) {
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
