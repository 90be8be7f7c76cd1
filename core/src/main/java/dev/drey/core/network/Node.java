package dev.drey.core.network;

import dev.drey.core.layer.LayerSpec;
import java.util.List;
import java.util.OptionalInt;

/**
 * A layer in its network.
 *
 * @param index its place in the network's list, from 0
 * @param name its name, or its index where it has none
 * @param layer without its name
 * @param input the index of the node whose output it reads, or {@link #INPUT}
 * @param addend the index of the node whose output it adds, or {@link #INPUT}; empty where it adds
 *     none
 * @param inputShape of one example
 * @param outputShape of one example
 * @param tensors its parameters, in the order of the flat vector
 */
public record Node(
    int index,
    String name,
    LayerSpec layer,
    int input,
    OptionalInt addend,
    List<Integer> inputShape,
    List<Integer> outputShape,
    List<TensorSpec> tensors) {

  /** Stands for the network's input, which is not a node. */
  public static final int INPUT = -1;

  public Node {
    inputShape = List.copyOf(inputShape);
    outputShape = List.copyOf(outputShape);
    tensors = List.copyOf(tensors);
  }
}
