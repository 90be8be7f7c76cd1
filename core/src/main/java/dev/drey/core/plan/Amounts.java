package dev.drey.core.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Formats amounts for messages. */
public final class Amounts {

  /** Rounded up, so that the amount in a message is a feasible limit. */
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.CEILING);

  private Amounts() {}

  /** Seconds to four digits, rounded up, with their unit. */
  public static String seconds(double seconds) {
    return digits(seconds) + " s";
  }

  /** Dollars to four digits, rounded up, with their sign. */
  public static String dollars(double dollars) {
    return "$" + digits(dollars);
  }

  /** A number in full, without an exponent. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String digits(double value) {
    BigDecimal shortest = BigDecimal.valueOf(value);
    return shortest.round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
  }
}
