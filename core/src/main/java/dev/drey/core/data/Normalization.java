package dev.drey.core.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;

/**
 * The scaling of stored features before they enter the network: (x - mean[j]) / deviation[j] for
 * column j. Lists of one value apply to every column.
 *
 * @param mean one value, or one per column
 * @param deviation one value, or one per column; finite and not 0
 */
public record Normalization(
    @JsonProperty(value = "mean", required = true) List<Float> mean,
    @JsonProperty(value = "deviation", required = true) List<Float> deviation)
    implements Serializable {

  /** Leaves features as they are. */
  public static final Normalization NONE = new Normalization(List.of(0f), List.of(1f));

  /** Bytes in [0, 255] to [0, 1]. */
  public static final Normalization UNIT = new Normalization(List.of(0f), List.of(255f));

  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.isEmpty() || mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "normalization has "
              + mean.size()
              + " means and "
              + deviation.size()
              + " deviations, must have as many of both and at least one");
    }
    for (int i = 0; i < mean.size(); i++) {
      float d = deviation.get(i);
      if (!Float.isFinite(mean.get(i)) || !Float.isFinite(d) || d == 0) {
        throw new IllegalArgumentException(
            "normalization of column "
                + i
                + " has mean "
                + mean.get(i)
                + " and deviation "
                + d
                + ", both must be finite and the deviation not 0");
      }
    }
  }
}
