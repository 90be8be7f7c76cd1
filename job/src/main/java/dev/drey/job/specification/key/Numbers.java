package dev.drey.job.specification.key;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/** Types of numbers. */
public final class Numbers {

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9](_?[0-9]){0,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

  private Numbers() {}

  /** A whole number in [least, most]; underscores may group its digits. */
  public static Type<Integer> whole(int least, int most) {
    return new Scalar<>(
        range(least, most),
        text -> wholeNumber(text, least, most).map(Math::toIntExact),
        value -> value);
  }

  /** A whole number of at least {@code least}, however large. */
  public static Type<Long> count(long least) {
    return new Scalar<>(
        String.format(Locale.ROOT, "a whole number of at least %,d", least),
        text -> wholeNumber(text, least, Long.MAX_VALUE),
        value -> value);
  }

  /**
   * A finite number.
   *
   * @param expects the condition in words: "a number above 0"
   */
  public static Type<Double> decimal(String expects, DoublePredicate condition) {
    return new Scalar<>(
        expects, text -> decimalNumber(text).filter(condition::test), value -> value);
  }

  /** As {@link #decimal}, in single precision. */
  public static Type<Float> single(String expects, DoublePredicate condition) {
    return new Scalar<>(
        expects,
        text ->
            decimalNumber(text)
                .filter(condition::test)
                .map(value -> Float.parseFloat(text))
                .filter(value -> Float.isFinite(value)),
        value -> Double.valueOf(value.toString())); // 0.9, not 0.8999999761581421
  }

  static Optional<Long> wholeNumber(String text, long least, long most) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      long value = Long.parseLong(text.replace("_", ""));
      return value < least || value > most ? Optional.empty() : Optional.of(value);
    } catch (NumberFormatException e) { // 19 digits can pass the range of a long
      return Optional.empty();
    }
  }

  static Optional<Double> decimalNumber(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text)).filter(value -> Double.isFinite(value))
        : Optional.empty();
  }

  private static String range(long least, long most) {
    return most == Integer.MAX_VALUE
        ? String.format(Locale.ROOT, "a whole number of at least %,d", least)
        : String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most);
  }
}
