package dev.drey.job.specification.key;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Types of points in time. */
public final class Instants {

  private Instants() {}

  /**
   * A time, or one of some words.
   *
   * @param words each with its value
   * @param at makes the value of a time
   * @param time of a value, if it is a time
   */
  public static <T> Type<T> orWords(
      Map<String, T> words, Function<Instant, T> at, Function<T, Optional<Instant>> time) {
    return new Scalar<>(
        "one of " + String.join(", ", words.keySet()) + ", or a time as 2026-01-31T12:00:00Z",
        text -> Optional.ofNullable(words.get(text)).or(() -> parse(text).map(at)),
        value ->
            time.apply(value)
                .map(Instant::toString)
                .orElseGet(
                    () ->
                        words.entrySet().stream()
                            .filter(word -> word.getValue().equals(value))
                            .findFirst()
                            .orElseThrow()
                            .getKey()));
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
