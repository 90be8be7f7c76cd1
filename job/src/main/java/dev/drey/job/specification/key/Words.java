package dev.drey.job.specification.key;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Types of words. */
public final class Words {

  private Words() {}

  /** A constant of an enum, in lower case with dashes. */
  public static <E extends Enum<E>> Type<E> of(Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(word(constant), constant);
    }
    return of(constants, Words::word);
  }

  private static <E> Type<E> of(Map<String, E> constants, Function<E, String> word) {
    return new Scalar<>(
        "one of " + String.join(", ", constants.keySet()),
        text -> Optional.ofNullable(constants.get(text)),
        word::apply);
  }

  /** Yes or no. */
  public static Type<Boolean> trueOrFalse() {
    return new Scalar<>(
        "true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        value -> value);
  }

  /** How a constant is written: {@code IN_PROCESS} is {@code in-process}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Text that matches a pattern.
   *
   * @param expects the pattern in words
   */
  public static Type<String> matching(String expects, Pattern pattern) {
    return new Scalar<>(
        expects, text -> Optional.of(text).filter(t -> pattern.matcher(t).matches()), text -> text);
  }
}
