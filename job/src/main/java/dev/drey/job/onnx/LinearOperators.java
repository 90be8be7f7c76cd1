package dev.drey.job.onnx;

import java.util.List;

/** y = x W + b as operators. */
final class LinearOperators {

  private LinearOperators() {}

  /** Adds it for a batch of vectors. */
  static String vectors(GraphPosition place, String output) {
    return place
        .graph()
        .add("Gemm", output, List.of(place.input(), place.add("kernel"), place.add("bias")));
  }

  /**
   * Adds it for a batch of sequences.
   *
   * @param from the name of x
   * @param roles of W and b
   */
  static String sequences(GraphPosition place, String from, List<String> roles, String output) {
    String product = place.inner(roles.get(0) + "-product");
    OnnxGraph graph = place.graph();
    graph.add("MatMul", product, List.of(from, place.add(roles.get(0))));
    return graph.add("Add", output, List.of(product, place.add(roles.get(1))));
  }
}
