package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Categorical fields: each field's word becomes a group of columns, one-hot or by feature hashing.
 *
 * @param fields at least one
 * @param encoding maps a word to its column
 * @param missing what happens if a field is missing
 */
public record CategoryFeature(
    List<FieldPath> fields, CategoryEncoding encoding, MissingWord missing) implements Feature {

  private static final long serialVersionUID = 1L;

  /** What happens if the field is missing. */
  public enum MissingWord {
    /** One-hot: the column for unknown words is set; hash buckets: all columns are 0. */
    OTHER,
    /** The record is rejected. */
    REJECT
  }

  public CategoryFeature {
    fields = FeatureChecks.fields(fields);
  }

  @Override
  public int width() {
    return fields.size() * encoding.width();
  }

  @Override
  public void read(Fields record, double[] raw, int at) throws RejectedRecordException {
    int from = at;
    for (FieldPath field : fields) {
      Arrays.fill(raw, from, from + encoding.width(), 0);
      FieldValue value = record.get(field);
      if (!(value instanceof FieldValue.Missing)) {
        encoding.encode(FieldReader.word(value, field), raw, from);
      } else if (missing == MissingWord.REJECT) {
        throw new RejectedRecordException("field " + field + " is missing");
      } else {
        encoding.encodeMissing(raw, from);
      }
      from += encoding.width();
    }
  }

  @Override
  public <R> R match(
      Function<NumberFeature, R> number,
      Function<ArrayFeature, R> array,
      Function<CategoryFeature, R> category,
      Function<TimeFeature, R> time) {
    return category.apply(this);
  }
}
