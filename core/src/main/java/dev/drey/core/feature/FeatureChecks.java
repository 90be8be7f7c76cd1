package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.stream.RejectedRecordException;
import java.util.List;

/** What holds of all features of numbers. */
final class FeatureChecks {

  private FeatureChecks() {}

  /** What stands for a missing number; NaN for the mean. */
  static double number(Missing missing, FieldPath field) throws RejectedRecordException {
    if (missing instanceof Missing.Reject) {
      throw new RejectedRecordException("field " + field + " is missing");
    }
    return missing instanceof Missing.Value given ? given.value() : Double.NaN;
  }

  static List<FieldPath> fields(List<FieldPath> fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("names no field, must name at least one");
    }
    return List.copyOf(fields);
  }

  static void checkClip(double clip) {
    if (!(clip > 0)) {
      throw new IllegalArgumentException("clip is " + clip + ", must be above 0");
    }
  }

  static void check(Missing missing, Scaling scaling) {
    if (missing instanceof Missing.Mean && !scaling.isLearnt()) {
      throw new IllegalArgumentException(
          "missing is mean, which needs scale: standard, the scaling that knows the mean");
    }
  }
}
