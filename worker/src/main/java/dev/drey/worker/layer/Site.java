package dev.drey.worker.layer;

import dev.drey.core.network.Node;
import dev.drey.worker.onednn.Engine;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer's place in its network, and the arrays it works on, in C order. The layer owns none of
 * them.
 *
 * @param node its shapes and tensors
 * @param input what it reads
 * @param addend what it adds, if it is an addition
 * @param parameters the layer's part of the flat parameter vector, [p]; read
 * @param gradient the layer's part of the flat gradient, [p]; written
 * @param order of images, in what the layer reads and in what it writes
 * @param engine makes oneDNN's operations, and frees them with the network
 */
public record Site(
    Node node,
    Port input,
    Optional<Port> addend,
    INDArray parameters,
    INDArray gradient,
    ImageOrder order,
    Engine engine) {

  /** Number of examples. */
  int examples() {
    return (int) input.values().size(0);
  }

  /** Shape of the output of all examples: [n, ...], images in the site's order. */
  long[] outputShape() {
    List<Integer> shape = order.shape(node.outputShape());
    return LongStream.concat(LongStream.of(examples()), shape.stream().mapToLong(d -> d)).toArray();
  }

  /** Where the gradient by the input is written; null if it is not needed. */
  @Nullable INDArray inputGradient() {
    return input.gradient();
  }

  /**
   * The gradient by the output, for a layer that turns it into the gradient by the input in place:
   * the port's memory, in the output's shape. Where the gradient by the input is not needed, only
   * the loss of a network without parameters writes one by the output: it gets memory of its own.
   */
  INDArray sharedGradient() {
    INDArray gradient = inputGradient();
    return gradient == null
        ? Nd4j.create(DataType.FLOAT, outputShape())
        : gradient.reshape('c', outputShape());
  }
}
