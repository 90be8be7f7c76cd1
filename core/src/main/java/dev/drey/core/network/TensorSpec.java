package dev.drey.core.network;

import dev.drey.core.parameters.Range;
import java.util.List;

/**
 * One tensor of the network and its place in the flat parameter vector, in C order (row-major).
 *
 * @param name unique in the network: the layer's index, a dot, the tensor's role ("0.kernel")
 * @param shape each dimension at least 1
 * @param range its elements in the flat vector
 * @param initializer how it starts
 */
public record TensorSpec(String name, List<Integer> shape, Range range, Initializer initializer) {

  public TensorSpec {
    shape = List.copyOf(shape);
    long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (size != range.length()) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + ": shape "
              + shape
              + " has "
              + size
              + " elements, its range "
              + range
              + " has "
              + range.length());
    }
  }
}
