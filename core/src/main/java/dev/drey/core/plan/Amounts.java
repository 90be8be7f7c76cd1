package dev.drey.core.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Amounts as messages say them. */
public final class Amounts {

  /** Up, so that a limit of what the message says can be met. */
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

  /** A number as it was given. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String digits(double value) {
    BigDecimal shortest = BigDecimal.valueOf(value);
    return shortest.round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
  }
}
