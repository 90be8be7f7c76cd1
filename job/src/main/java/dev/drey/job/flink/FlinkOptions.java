package dev.drey.job.flink;

import dev.drey.connectors.secret.Secret;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Options of Flink's as users give them with -D. All users of a machine see the arguments of its
 * processes, so a value may be a reference, {@code {env: NAME}} or {@code {file: PATH}}, and that
 * of a key that Flink calls sensitive must be one.
 */
public final class FlinkOptions {

  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\s*(env|file)\\s*:\\s*(?:'([^']+)'|\"([^\"]+)\"|([^'\"{}\\s]+))\\s*}");

  /** Keys with "token" in them are switches as well, and these words are no secrets. */
  private static final Pattern SWITCH = Pattern.compile("true|false");

  private FlinkOptions() {}

  /**
   * Checks options without reading a secret.
   *
   * @throws SpecificationException if sensitive ones are given in the clear; each with its key, and
   *     without its value
   */
  public static void check(Map<String, String> given) throws SpecificationException {
    List<Fault> faults = new ArrayList<>();
    given.forEach(
        (key, value) -> {
          if (GlobalConfiguration.isSensitive(key)
              && !REFERENCE.matcher(value).matches()
              && !SWITCH.matcher(value).matches()) {
            faults.add(
                Fault.of(
                    "-D " + key,
                    "is given in the clear, which all users of this machine can read, must be"
                        + " '{env: NAME}' or '{file: PATH}'"));
          }
        });
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
  }

  /**
   * The options with the secrets themselves: not for arguments or logs.
   *
   * @param directory of relative paths
   * @throws SpecificationException as {@link #check}; or if secrets cannot be read, each with its
   *     key
   */
  public static Map<String, String> resolve(Map<String, String> given, Path directory)
      throws SpecificationException {
    return resolve(given, directory, System.getenv());
  }

  static Map<String, String> resolve(
      Map<String, String> given, Path directory, Map<String, String> environment)
      throws SpecificationException {
    check(given);
    Map<String, String> resolved = new LinkedHashMap<>();
    List<Fault> faults = new ArrayList<>();
    given.forEach(
        (key, value) -> {
          Matcher matcher = REFERENCE.matcher(value);
          try {
            resolved.put(
                key, matcher.matches() ? secret(matcher, directory).read(environment) : value);
          } catch (IOException e) {
            faults.add(Fault.of("-D " + key, String.valueOf(e.getMessage())));
          }
        });
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
    return resolved;
  }

  /**
   * The options as arguments of a process with another working directory: references have absolute
   * paths.
   *
   * @param directory of relative paths
   * @throws SpecificationException as {@link #check}
   */
  public static Map<String, String> absolute(Map<String, String> given, Path directory)
      throws SpecificationException {
    check(given);
    Map<String, String> absolute = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          Matcher matcher = REFERENCE.matcher(value);
          if (matcher.matches() && secret(matcher, directory) instanceof Secret.StoredFile file) {
            String quote = file.path().contains("'") ? "\"" : "'";
            absolute.put(key, "{file: " + quote + file.path() + quote + "}");
          } else {
            absolute.put(key, value);
          }
        });
    return absolute;
  }

  private static Secret secret(Matcher reference, Path directory) {
    String place = reference.group(2);
    for (int i = 3; place == null; i++) {
      place = reference.group(i);
    }
    return reference.group(1).equals("env")
        ? new Secret.Variable(place)
        : new Secret.StoredFile(directory.resolve(place).normalize().toString());
  }
}
