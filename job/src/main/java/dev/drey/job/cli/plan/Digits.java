package dev.drey.job.cli.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers to four digits, without powers of ten: 39.46, 0.004112, 12,350. */
final class Digits {

  private static final int COUNT = 4;

  private Digits() {}

  static String of(double number) {
    if (!Double.isFinite(number)) {
      return "-";
    }
    BigDecimal rounded =
        BigDecimal.valueOf(number).round(new MathContext(COUNT, RoundingMode.HALF_UP));
    if (rounded.signum() == 0) {
      return "0";
    }
    int decimals = Math.max(0, COUNT - rounded.precision() + rounded.scale());
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(rounded);
  }
}
