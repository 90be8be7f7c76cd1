package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A word of each of some fields, as numbers of which one is not 0.
 *
 * @param fields at least one
 * @param places where it is not 0
 * @param missing what becomes of a record without the word
 */
public record CategoryFeature(List<FieldPath> fields, Places places, MissingWord missing)
    implements Feature {

  private static final long serialVersionUID = 1L;

  /** What becomes of a record without the word. */
  public enum MissingWord {
    /** The vocabulary's place for other words; of buckets none. */
    OTHER,
    /** The record is rejected. */
    REJECT
  }

  public CategoryFeature {
    fields = Fallback.fields(fields);
  }

  @Override
  public int width() {
    return fields.size() * places.width();
  }

  @Override
  public void read(Fields record, double[] raw, int at) throws RejectedRecordException {
    int from = at;
    for (FieldPath field : fields) {
      Arrays.fill(raw, from, from + places.width(), 0);
      FieldValue value = record.get(field);
      if (!(value instanceof FieldValue.Missing)) {
        places.mark(InField.word(value, field), raw, from);
      } else if (missing == MissingWord.REJECT) {
        throw new RejectedRecordException("field " + field + " is missing");
      } else {
        places.markMissing(raw, from);
      }
      from += places.width();
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
