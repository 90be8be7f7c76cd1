package dev.drey.job.onnx;

import dev.drey.core.data.Normalization;
import java.util.List;

/**
 * A run's normalization as the first operators of a graph, so that it takes features as they are
 * stored: in the order of the worker's arithmetic, which gives its bits.
 *
 * @param normalization of each column, or one for all
 * @param shape of an example
 */
record FeatureScaling(Normalization normalization, List<Integer> shape) {

  static FeatureScaling of(Normalization normalization, List<Integer> shape) {
    return new FeatureScaling(normalization, shape);
  }

  /** Adds what it does; returns the name of the result, or {@code input} if that is nothing. */
  String add(OnnxGraph graph, String input) {
    String result = input;
    if (subtracts()) {
      String mean = constant(graph, "normalization/mean", normalization.mean());
      result = graph.add("Sub", "normalization/difference", List.of(result, mean));
    }
    if (divides()) {
      String deviation = constant(graph, "normalization/deviation", normalization.deviation());
      result = graph.add("Div", "normalization/output", List.of(result, deviation));
    }
    return result;
  }

  /** For who uses the model. */
  String description() {
    return subtracts() || divides()
        ? "the model's own first operators: features go in as they are stored"
        : "none";
  }

  private boolean subtracts() {
    return normalization.mean().stream().anyMatch(mean -> mean != 0);
  }

  private boolean divides() {
    return normalization.deviation().stream().anyMatch(deviation -> deviation != 1);
  }

  private String constant(OnnxGraph graph, String name, List<Float> columns) {
    float[] values = new float[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i);
    }
    return graph.floats(name, values.length == 1 ? List.of() : shape, values);
  }
}
