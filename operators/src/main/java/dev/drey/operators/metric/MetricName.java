package dev.drey.operators.metric;

import java.util.Locale;

/** Names of metrics that exist once for each constant of an enum. */
public final class MetricName {

  private MetricName() {}

  /** Joins a prefix and a constant in camel case: "failed" and TIMED_OUT give failedTimedOut. */
  public static String of(String prefix, Enum<?> constant) {
    StringBuilder name = new StringBuilder(prefix);
    for (String word : constant.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
