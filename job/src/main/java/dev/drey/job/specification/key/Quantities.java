package dev.drey.job.specification.key;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;

/** Types of numbers that have a unit. */
public final class Quantities {

  private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,12}) ?([A-Za-z]+)");
  private static final Map<String, Long> MILLIS = new LinkedHashMap<>();
  private static final Map<String, Long> MEBIBYTES = Map.of("mb", 1L, "gb", 1024L);

  static {
    MILLIS.put("h", 3_600_000L);
    MILLIS.put("min", 60_000L);
    MILLIS.put("s", 1_000L);
    MILLIS.put("ms", 1L);
  }

  private Quantities() {}

  /** A time in ms, s, min or h, in [least, most]. */
  public static Type<Duration> duration(Duration least, Duration most) {
    return new Scalar<>(
        "a time in ms, s, min or h from " + text(least) + " to " + text(most),
        text ->
            parse(text, MILLIS)
                .map(Duration::ofMillis)
                .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0),
        Quantities::text);
  }

  /** A memory size in MB or GB, of 2^20 and 2^30 bytes as AWS counts them, in [least, most] MB. */
  public static Type<MemorySize> memory(int least, int most) {
    return new Scalar<>(
        "a memory size in MB or GB from " + least + " MB to " + most + " MB",
        text ->
            parse(text, MEBIBYTES)
                .filter(mb -> mb >= least && mb <= most)
                .map(mb -> MemorySize.ofMebiBytes(mb)),
        size -> size.getMebiBytes() + " MB");
  }

  private static Optional<Long> parse(String text, Map<String, Long> units) {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Long unit = units.get(matcher.group(2).toLowerCase(java.util.Locale.ROOT));
    return unit == null
        ? Optional.empty()
        : Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
  }

  /** As it is written, in the largest unit that leaves a whole number. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0 s";
    }
    return MILLIS.entrySet().stream()
        .filter(unit -> millis % unit.getValue() == 0)
        .findFirst()
        .map(unit -> millis / unit.getValue() + " " + unit.getKey())
        .orElseThrow();
  }
}
