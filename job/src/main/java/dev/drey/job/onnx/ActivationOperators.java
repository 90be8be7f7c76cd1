package dev.drey.job.onnx;

import dev.drey.core.layer.Activation;
import java.util.List;

/** Activations as operators. */
final class ActivationOperators {

  /** As the worker has it. */
  private static final float LEAK = 0.01f;

  private ActivationOperators() {}

  /**
   * Adds an activation.
   *
   * @param from the name of its argument
   * @return the name of the result, which is the argument's for y = x
   */
  static String add(Activation activation, GraphPosition place, String from) {
    OnnxGraph graph = place.graph();
    String output = place.output();
    return switch (activation) {
      case LINEAR -> from;
      case RELU -> graph.add("Relu", output, List.of(from));
      case LEAKY_RELU ->
          graph.add("LeakyRelu", output, List.of(from), Attributes.of("alpha", LEAK));
      case GELU -> gelu(place, from);
      case TANH -> graph.add("Tanh", output, List.of(from));
      case SIGMOID -> graph.add("Sigmoid", output, List.of(from));
      case SOFTMAX -> graph.add("Softmax", output, List.of(from), Attributes.of("axis", -1));
    };
  }

  /** Operators for it come with opset 20, which few programs know. */
  private static String gelu(GraphPosition place, String from) {
    OnnxGraph graph = place.graph();
    String root = graph.number(place.inner("root-of-half"), (float) Math.sqrt(0.5));
    String scaled = graph.add("Mul", place.inner("scaled"), List.of(from, root));
    String erf = graph.add("Erf", place.inner("erf"), List.of(scaled));
    String one = graph.number(place.inner("one"), 1);
    String raised = graph.add("Add", place.inner("raised"), List.of(erf, one));
    String twice = graph.add("Mul", place.inner("twice"), List.of(from, raised));
    return graph.add(
        "Mul", place.output(), List.of(twice, graph.number(place.inner("half"), 0.5f)));
  }
}
