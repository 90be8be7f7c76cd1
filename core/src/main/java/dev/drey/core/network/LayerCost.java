package dev.drey.core.network;

import dev.drey.core.layer.Tensor;

/**
 * What one layer costs. Operations are of one example, with a multiplication and an addition
 * counted as two.
 *
 * @param node the layer
 * @param trained parameters that the optimizer changes
 * @param statistics parameters that are averaged
 * @param forwardFlops operations of the forward pass
 * @param trainingFlops operations of the forward and backward pass
 */
public record LayerCost(
    Node node, long trained, long statistics, long forwardFlops, long trainingFlops) {

  /**
   * Counts for a layer. The gradient by its parameters, if it has any, takes as many operations as
   * the forward pass, and so does the gradient by its input, if a layer before it is trained: in
   * all 3 times the forward operations in the middle of a network, 2 times in its first layer with
   * parameters.
   *
   * @param afterTrained whether its input depends on trained parameters
   */
  static LayerCost of(Node node, boolean afterTrained) {
    long trained = count(node, Tensor.Trained.class);
    long forward = node.layer().flops(node.inputShape());
    long times = 1L + (trained > 0 ? 1 : 0) + (afterTrained ? 1 : 0);
    return new LayerCost(
        node,
        trained,
        count(node, Tensor.Statistic.class),
        forward,
        Math.multiplyExact(times, forward));
  }

  private static long count(Node node, Class<? extends Tensor> kind) {
    return node.tensors().stream()
        .filter(placed -> kind.isInstance(placed.tensor()))
        .mapToLong(placed -> placed.range().length())
        .sum();
  }

  /** Trained parameters and statistics. */
  public long parameters() {
    return trained + statistics;
  }

  /** Bytes that an example's output takes, with the gradient by it. */
  public long activationBytes() {
    return WorkerMemory.ARRAYS * Float.BYTES * NetworkSpec.size(node.outputShape());
  }
}
