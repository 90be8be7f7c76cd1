package dev.drey.core.network;

import dev.drey.core.layer.Tensor;
import dev.drey.core.parameters.Range;
import java.util.List;

/**
 * One tensor of the network and its place in the flat parameter vector, in C order (row-major).
 *
 * @param name unique in the network: the layer's name, or its index, a dot, the tensor's role
 *     ("0.kernel")
 * @param tensor what it is
 * @param range its elements in the flat vector
 */
public record TensorSpec(String name, Tensor tensor, Range range) {

  public TensorSpec {
    if (tensor.size() != range.length()) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + ": shape "
              + tensor.shape()
              + " has "
              + tensor.size()
              + " elements, its range "
              + range
              + " has "
              + range.length());
    }
  }

  /** Each dimension at least 1. */
  public List<Integer> shape() {
    return tensor.shape();
  }
}
