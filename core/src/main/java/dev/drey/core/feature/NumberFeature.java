package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.util.List;
import java.util.function.Function;

/**
 * Numeric fields, one column each; with {@link Missing.Indicator} each column is followed by its
 * indicator.
 *
 * @param fields at least one
 * @param scaling of each
 * @param clip limit of a scaled number's absolute value, above 0
 * @param missing what replaces a missing number
 */
public record NumberFeature(List<FieldPath> fields, Scaling scaling, double clip, Missing missing)
    implements Feature {

  private static final long serialVersionUID = 1L;

  public NumberFeature {
    fields = FeatureChecks.fields(fields);
    FeatureChecks.checkClip(clip);
    FeatureChecks.check(missing, scaling);
  }

  @Override
  public int width() {
    return fields.size() * each();
  }

  private int each() {
    return missing.hasIndicator() ? 2 : 1;
  }

  @Override
  public void read(Fields record, double[] raw, int at) throws RejectedRecordException {
    int place = at;
    for (FieldPath field : fields) {
      FieldValue value = record.get(field);
      boolean absent = value instanceof FieldValue.Missing;
      raw[place] = absent ? missing.substitute(field) : FieldReader.number(value, field);
      if (missing.hasIndicator()) {
        raw[place + 1] = absent ? 1 : 0;
      }
      place += each();
    }
  }

  @Override
  public Scaling scalingAt(int place) {
    return place % each() == 0 ? scaling : new Scaling.None();
  }

  @Override
  public double clipAt(int place) {
    return place % each() == 0 ? clip : Double.POSITIVE_INFINITY;
  }

  @Override
  public <R> R match(
      Function<NumberFeature, R> number,
      Function<ArrayFeature, R> array,
      Function<CategoryFeature, R> category,
      Function<TimeFeature, R> time) {
    return number.apply(this);
  }
}
