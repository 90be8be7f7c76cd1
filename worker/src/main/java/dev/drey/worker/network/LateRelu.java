package dev.drey.worker.network;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.network.Node;
import dev.drey.worker.layer.ActivatedLayer;
import dev.drey.worker.layer.Layer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Convolutions whose relu is computed after the max pooling that alone reads them: there are fewer
 * values, and the result is the same, bit for bit, since max(max(a, 0), max(b, 0)) = max(max(a, b),
 * 0). So is the gradient: where the largest value is above 0 it is the same one, elsewhere it is 0.
 */
final class LateRelu {

  private final Map<Integer, LayerSpec> convolutions = new HashMap<>(); // without their relu
  private final Set<Integer> poolings = new HashSet<>();

  LateRelu(List<Node> graph) {
    for (Node node : graph) {
      if (node.layer() instanceof MaxPooling2d
          && node.input() != Node.INPUT
          && graph.get(node.input()).layer() instanceof Conv2d convolution
          && convolution.activation() == Activation.RELU
          && readers(graph, node.input()) == 1) {
        convolutions.put(node.input(), linear(convolution));
        poolings.add(node.index());
      }
    }
  }

  /** The node as it is to be compiled. */
  Node node(Node node) {
    LayerSpec layer = convolutions.getOrDefault(node.index(), node.layer());
    return new Node(
        node.index(),
        node.name(),
        layer,
        node.input(),
        node.addend(),
        node.inputShape(),
        node.outputShape(),
        node.tensors());
  }

  /** The layer of a node, with the relu that comes after it. */
  Layer layer(Node node, Layer compiled) {
    return poolings.contains(node.index())
        ? new ActivatedLayer(compiled, Activation.RELU)
        : compiled;
  }

  private static Conv2d linear(Conv2d convolution) {
    return new Conv2d(
        convolution.filters(), convolution.window(), Activation.LINEAR, convolution.initializer());
  }

  private static long readers(List<Node> graph, int index) {
    return graph.stream()
        .mapToLong(
            node ->
                (node.input() == index ? 1 : 0)
                    + (node.addend().orElse(Integer.MIN_VALUE) == index ? 1 : 0))
        .sum();
  }
}
