package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;
import java.util.List;

/** What the network is to predict for a record. A record without the label's field is rejected. */
public sealed interface Label extends Serializable {

  /** Number of values. */
  int width();

  /** The fields that are read. */
  List<FieldPath> fields();

  /**
   * Reads the label's values.
   *
   * @throws RejectedRecordException if a field is missing or has the wrong type
   */
  float[] read(Fields record) throws RejectedRecordException;

  /**
   * Numeric fields: regression targets, or binary labels of 0 and 1.
   *
   * @param fields at least one
   */
  record Numbers(List<FieldPath> fields) implements Label {

    private static final long serialVersionUID = 1L;

    public Numbers {
      fields = FeatureChecks.fields(fields);
    }

    @Override
    public int width() {
      return fields.size();
    }

    @Override
    public float[] read(Fields record) throws RejectedRecordException {
      float[] numbers = new float[fields.size()];
      for (int i = 0; i < numbers.length; i++) {
        FieldPath field = fields.get(i);
        numbers[i] = (float) FieldReader.number(present(record, field), field);
      }
      return numbers;
    }
  }

  /**
   * An array of numbers: regression targets, or one class number.
   *
   * @param field of the array
   * @param length number of items, at least 1
   */
  record Array(FieldPath field, int length) implements Label {

    private static final long serialVersionUID = 1L;

    public Array {
      if (length < 1) {
        throw new IllegalArgumentException("length is " + length + ", must be at least 1");
      }
    }

    @Override
    public int width() {
      return length;
    }

    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }

    @Override
    public float[] read(Fields record) throws RejectedRecordException {
      double[] numbers = FieldReader.numbers(present(record, field), field, length);
      float[] label = new float[length];
      for (int i = 0; i < length; i++) {
        label[i] = (float) numbers[i];
      }
      return label;
    }
  }

  /**
   * A class given by name: the label is the word's index in the vocabulary, from 0.
   *
   * @param field with the class name
   * @param vocabulary the class names in order
   */
  record Category(FieldPath field, Vocabulary vocabulary) implements Label {

    private static final long serialVersionUID = 1L;

    @Override
    public int width() {
      return 1;
    }

    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }

    @Override
    public float[] read(Fields record) throws RejectedRecordException {
      FieldValue value = present(record, field);
      int index = vocabulary.indexOf(FieldReader.word(value, field));
      if (index < 0) {
        throw new RejectedRecordException(
            "field " + field + " is " + value.shown() + ", which is not one of the classes");
      }
      return new float[] {index};
    }
  }

  /**
   * A binary label: 1 where a number is above a threshold, else 0.
   *
   * @param field of the number
   * @param threshold exclusive
   */
  record Above(FieldPath field, double threshold) implements Label {

    private static final long serialVersionUID = 1L;

    @Override
    public int width() {
      return 1;
    }

    @Override
    public List<FieldPath> fields() {
      return List.of(field);
    }

    @Override
    public float[] read(Fields record) throws RejectedRecordException {
      return new float[] {FieldReader.number(present(record, field), field) > threshold ? 1 : 0};
    }
  }

  private static FieldValue present(Fields record, FieldPath field) throws RejectedRecordException {
    FieldValue value = record.get(field);
    if (value instanceof FieldValue.Missing) {
      throw new RejectedRecordException("field " + field + " is missing");
    }
    return value;
  }
}
