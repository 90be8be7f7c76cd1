package dev.drey.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a network costs, layer by layer and in all.
 *
 * @param layers in the network's order
 */
public record NetworkCost(List<LayerCost> layers) {

  public NetworkCost {
    layers = List.copyOf(layers);
  }

  /** Measures a network. */
  public static NetworkCost of(NetworkSpec network) {
    List<LayerCost> layers = new ArrayList<>();
    List<Boolean> trained = new ArrayList<>(); // whether a node's output depends on parameters
    for (Node node : network.nodes()) {
      boolean afterTrained =
          isTrained(trained, node.input())
              || (node.addend().isPresent() && isTrained(trained, node.addend().getAsInt()));
      LayerCost cost = LayerCost.of(node, afterTrained);
      layers.add(cost);
      trained.add(afterTrained || cost.trained() > 0);
    }
    return new NetworkCost(layers);
  }

  private static boolean isTrained(List<Boolean> trained, int index) {
    return index != Node.INPUT && trained.get(index);
  }

  /** Parameters that the optimizer changes. */
  public long trained() {
    return sum(LayerCost::trained);
  }

  /** Parameters that are averaged. */
  public long statistics() {
    return sum(LayerCost::statistics);
  }

  /**
   * Bytes of the flat parameter vector: as large as the weights that a worker gets, and as the
   * gradient that it sends back.
   */
  public long vectorBytes() {
    return Float.BYTES * sum(LayerCost::parameters);
  }

  /** Operations of one example's forward pass: of an evaluation, or a prediction. */
  public long forwardFlops() {
    return sum(LayerCost::forwardFlops);
  }

  /** Operations of one example's forward and backward pass: of a gradient. */
  public long trainingFlops() {
    return sum(LayerCost::trainingFlops);
  }

  private long sum(ToLongFunction<LayerCost> part) {
    return layers.stream().mapToLong(part).reduce(0, Math::addExact);
  }
}
