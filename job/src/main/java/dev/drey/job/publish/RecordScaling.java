package dev.drey.job.publish;

import dev.drey.core.data.Normalization;
import dev.drey.core.feature.ColumnScaling;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.feature.Feature;
import dev.drey.core.feature.Missing;
import dev.drey.job.onnx.FeatureScaling;
import java.util.ArrayList;
import java.util.List;

/** The scaling of a stream's records, as the first operators of an ONNX model. */
final class RecordScaling {

  private RecordScaling() {}

  /**
   * Converts the scaling of the columns.
   *
   * @param columns of the encoding's features
   */
  static FeatureScaling of(ExampleEncoding encoding, List<ColumnScaling> columns) {
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    List<Float> clips = new ArrayList<>();
    for (ColumnScaling column : columns) {
      means.add((float) column.mean());
      // A smaller deviation would underflow to 0 as a float.
      deviations.add(Math.max((float) column.deviation(), Float.MIN_NORMAL));
      clips.add((float) column.clip());
    }
    boolean clipped = clips.stream().anyMatch(clip -> !Float.isInfinite(clip));
    return new FeatureScaling(
        new Normalization(means, deviations),
        clipped ? clips : List.of(),
        encoding.columns().stream().anyMatch(RecordScaling::mayBecomeZero));
  }

  private static boolean mayBecomeZero(Feature feature) {
    return feature.match(
        number -> becomesZero(number.missing()),
        array -> becomesZero(array.missing()),
        category -> false,
        time -> false);
  }

  private static boolean becomesZero(Missing missing) {
    return missing.match(reject -> false, value -> false, mean -> true, indicator -> true);
  }
}
