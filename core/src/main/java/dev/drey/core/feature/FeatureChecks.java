package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import java.util.List;

/** Checks of arguments that several kinds of features share. */
final class FeatureChecks {

  private FeatureChecks() {}

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
