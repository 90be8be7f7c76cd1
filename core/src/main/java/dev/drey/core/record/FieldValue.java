package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;
import java.util.Arrays;

/** What a record has in one field. */
public sealed interface FieldValue {

  /** The value as an error shows it. */
  String shown();

  /**
   * The value as a finite number; text counts if it is written as one.
   *
   * @throws RejectedRecordException if it is none
   */
  default double number() throws RejectedRecordException {
    throw new RejectedRecordException("is " + shown() + ", must be a number");
  }

  /**
   * The value as a word: text, or a number or truth value as it is written.
   *
   * @throws RejectedRecordException if it is none
   */
  default String word() throws RejectedRecordException {
    throw new RejectedRecordException("is " + shown() + ", must be text");
  }

  /**
   * The value as finite numbers; one number counts as an array of one. Owned by the value.
   *
   * @throws RejectedRecordException if it is none
   */
  default double[] numbers() throws RejectedRecordException {
    return new double[] {number()};
  }

  /** Nothing. */
  record Missing() implements FieldValue {

    /** The one there need be. */
    public static final Missing HERE = new Missing();

    @Override
    public String shown() {
      return "missing";
    }
  }

  /** A number, finite or not. */
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
      // Java's own notations, as 1d, 0x1p3 and NaN, are no numbers here
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
   * @param values finite or not; owned by the record
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
   * Something that nothing can be made of.
   *
   * @param shown what it is: "an object"
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
