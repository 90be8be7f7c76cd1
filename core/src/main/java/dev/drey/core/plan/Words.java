package dev.drey.core.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Amounts as messages say them. */
final class Words {

  /** Up, so that a limit of what the message says can be met. */
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.CEILING);

  private Words() {}

  static String seconds(double seconds) {
    return digits(seconds) + " s";
  }

  static String dollars(double dollars) {
    return "$" + digits(dollars);
  }

  /** A number as it was given. */
  static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String digits(double value) {
    BigDecimal shortest = BigDecimal.valueOf(value);
    return shortest.round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }
}
