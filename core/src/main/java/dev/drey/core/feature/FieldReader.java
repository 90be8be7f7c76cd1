package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.stream.RejectedRecordException;

/** Reads the values of fields; errors name the field. */
final class FieldReader {

  private FieldReader() {}

  static double number(FieldValue value, FieldPath field) throws RejectedRecordException {
    try {
      return value.number();
    } catch (RejectedRecordException e) {
      throw named(field, e);
    }
  }

  static String word(FieldValue value, FieldPath field) throws RejectedRecordException {
    try {
      return value.word();
    } catch (RejectedRecordException e) {
      throw named(field, e);
    }
  }

  static double[] numbers(FieldValue value, FieldPath field, int length)
      throws RejectedRecordException {
    double[] numbers;
    try {
      numbers = value.numbers();
    } catch (RejectedRecordException e) {
      throw named(field, e);
    }
    if (numbers.length != length) {
      throw new RejectedRecordException(
          "field " + field + " has " + numbers.length + " numbers, must have " + length);
    }
    return numbers;
  }

  private static RejectedRecordException named(FieldPath field, RejectedRecordException e) {
    return new RejectedRecordException("field " + field + " " + e.getMessage());
  }
}
