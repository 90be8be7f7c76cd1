package dev.drey.job.onnx;

import dev.drey.core.network.Node;
import dev.drey.core.network.TensorSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The place of a layer in a graph that is being built.
 *
 * @param graph that the layer is added to
 * @param node the layer
 * @param parameters of the whole network; only read
 * @param inputs the names of the arrays that it reads, at least one
 * @param output the name that its result is to have
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GraphPosition(
    OnnxGraph graph, Node node, float[] parameters, List<String> inputs, String output) {

  GraphPosition {
    inputs = List.copyOf(inputs);
  }

  /** The name of its input. */
  String input() {
    return inputs.get(0);
  }

  /** The name of its second input; for layers that have one. */
  String secondInput() {
    return inputs.get(1);
  }

  /** A name for something inside the layer: no name of a layer has a slash. */
  String inner(String what) {
    return node.name() + "/" + what;
  }

  /** The values of one of the layer's tensors; the caller owns the array. */
  float[] values(String role) {
    TensorSpec tensor = tensor(role);
    return Arrays.copyOfRange(parameters, tensor.range().from(), tensor.range().to());
  }

  /** Adds a tensor as it is, under its own name; returns that. */
  String add(String role) {
    TensorSpec tensor = tensor(role);
    return graph.floats(tensor.name(), tensor.shape(), values(role));
  }

  /** The name of one of the layer's tensors. */
  String name(String role) {
    return node.name() + "." + role;
  }

  private TensorSpec tensor(String role) {
    return node.tensors().stream()
        .filter(tensor -> tensor.name().equals(name(role)))
        .findFirst()
        .orElseThrow();
  }
}
