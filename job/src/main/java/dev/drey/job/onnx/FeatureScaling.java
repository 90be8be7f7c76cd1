package dev.drey.job.onnx;

import dev.drey.core.data.Normalization;
import java.io.Serializable;
import java.util.List;

/**
 * The scaling of features, as the first operators of a graph, which so takes features as they are
 * stored. The operators are in the order of the worker's arithmetic and give the same bits.
 *
 * @param normalization of each column, or one for all
 * @param clip the largest absolute value of each column after normalization, or empty for no limit
 * @param missing whether NaN stands for a missing number, which becomes 0
 */
public record FeatureScaling(Normalization normalization, List<Float> clip, boolean missing)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public FeatureScaling {
    clip = List.copyOf(clip);
  }

  /** Of a data set. */
  public static FeatureScaling of(Normalization normalization) {
    return new FeatureScaling(normalization, List.of(), false);
  }

  /**
   * Adds the operators; returns the name of the result, which is {@code input} if there are none.
   *
   * @param shape of an example
   */
  String add(OnnxGraph graph, String input, List<Integer> shape) {
    String result = input;
    if (subtracts()) {
      String mean = constant(graph, "normalization/mean", normalization.mean(), shape);
      result = graph.add("Sub", "normalization/difference", List.of(result, mean));
    }
    if (divides()) {
      String deviation =
          constant(graph, "normalization/deviation", normalization.deviation(), shape);
      result = graph.add("Div", "normalization/output", List.of(result, deviation));
    }
    if (!clip.isEmpty()) {
      String most = constant(graph, "normalization/most", clip, shape);
      String least = graph.add("Neg", "normalization/least", List.of(most));
      String above = graph.add("Max", "normalization/above", List.of(result, least));
      result = graph.add("Min", "normalization/clipped", List.of(above, most));
    }
    if (missing) {
      String none = graph.add("IsNaN", "normalization/missing", List.of(input));
      String zero = graph.number("normalization/zero", 0);
      result = graph.add("Where", "normalization/known", List.of(none, zero, result));
    }
    return result;
  }

  /** For users of the model, in its metadata. */
  String description() {
    return subtracts() || divides() || !clip.isEmpty() || missing
        ? "the model's own first operators: features go in as they are stored"
            + (missing ? ", NaN where a number is missing" : "")
        : "none";
  }

  private boolean subtracts() {
    return normalization.mean().stream().anyMatch(mean -> mean != 0);
  }

  private boolean divides() {
    return normalization.deviation().stream().anyMatch(deviation -> deviation != 1);
  }

  private static String constant(
      OnnxGraph graph, String name, List<Float> columns, List<Integer> shape) {
    float[] values = new float[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i);
    }
    return graph.floats(name, values.length == 1 ? List.of() : shape, values);
  }
}
