package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;
import java.util.Arrays;

/** The value of one field of a record. */
public sealed interface FieldValue {

  /** The value as error messages show it. */
  String shown();

  /**
   * The value as a finite number; text is parsed as a decimal number.
   *
   * @throws RejectedRecordException if it cannot be converted
   */
  default double number() throws RejectedRecordException {
    throw new RejectedRecordException("is " + shown() + ", must be a number");
  }

  /**
   * The value as a word: text, or the text of a number or truth value.
   *
   * @throws RejectedRecordException if it cannot be converted
   */
  default String word() throws RejectedRecordException {
    throw new RejectedRecordException("is " + shown() + ", must be text");
  }

  /**
   * The value as an array of finite numbers; a single number is an array of length one. Owned by
   * the value.
   *
   * @throws RejectedRecordException if it cannot be converted
   */
  default double[] numbers() throws RejectedRecordException {
    return new double[] {number()};
  }

  /** The absence of a value, or null. */
  record Missing() implements FieldValue {

    /** The only instance needed. */
    public static final Missing HERE = new Missing();

    @Override
    public String shown() {
      return "missing";
    }
  }

  /** A number, possibly not finite. */
  record Decimal(double value) implements FieldValue {

    @Override
    public double number() throws RejectedRecordException {
      return finite(value, shown());
    }

    /** Whole numbers without a fraction, so that 7 and 7.0 are one category. */
    @Override
    public String word() {
      long whole = (long) value;
      return whole == value && Math.abs(value) < 1L << 53
          ? Long.toString(whole)
          : Double.toString(value);
    }

    @Override
    public String shown() {
      return word();
    }
  }

  /** Text. */
  record Text(String text) implements FieldValue {

    private static final int LONGEST_NUMBER = 100;

    @Override
    public double number() throws RejectedRecordException {
      String stripped = text.strip();
      // excludes notations that only Java accepts: 1d, 0x1p3, NaN
      boolean plain =
          !stripped.isEmpty()
              && stripped.length() <= LONGEST_NUMBER
              && stripped.chars().allMatch(c -> "+-.eE".indexOf(c) >= 0 || (c >= '0' && c <= '9'));
      if (!plain) {
        throw new RejectedRecordException("is " + shown() + ", must be a number");
      }
      try {
        return finite(Double.parseDouble(stripped), shown());
      } catch (NumberFormatException e) {
        throw new RejectedRecordException("is " + shown() + ", must be a number");
      }
    }

    @Override
    public String word() {
      return text;
    }

    @Override
    public String shown() {
      return '"' + Excerpt.of(text) + '"';
    }
  }

  /** True or false; as a number 1 or 0. */
  record Truth(boolean value) implements FieldValue {

    @Override
    public double number() {
      return value ? 1 : 0;
    }

    @Override
    public String word() {
      return Boolean.toString(value);
    }

    @Override
    public String shown() {
      return word();
    }
  }

  /**
   * An array of numbers.
   *
   * @param values possibly not finite; owned by the record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Numbers(double[] values) implements FieldValue {

    @Override
    public double[] numbers() throws RejectedRecordException {
      for (double value : values) {
        finite(value, Double.toString(value));
      }
      return values;
    }

    @Override
    public String shown() {
      return "an array of " + values.length + " numbers";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbers numbers && Arrays.equals(values, numbers.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  /**
   * A value that no feature can use.
   *
   * @param shown what it is, such as "an object"
   */
  record Other(String shown) implements FieldValue {}

  private static double finite(double value, String shown) throws RejectedRecordException {
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw new RejectedRecordException(
          "is " + shown + ", must be a number from -3.4e38 to 3.4e38");
    }
    return value;
  }
}
