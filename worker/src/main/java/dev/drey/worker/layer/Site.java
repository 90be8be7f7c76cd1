package dev.drey.worker.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a layer stands in its network: the arrays it works on, in C order, none of them its own.
 *
 * @param input [n, ...]; read
 * @param inputGradient of the input's shape, overwritten by the layer; null where nobody wants it
 * @param parameters the layer's part of the flat parameter vector, [p]; read
 * @param gradient the layer's part of the flat gradient, [p]; written
 */
public record Site(
    INDArray input, @Nullable INDArray inputGradient, INDArray parameters, INDArray gradient) {

  /** Number of examples. */
  int examples() {
    return (int) input.size(0);
  }

  /** Number of values of one example of the input. */
  int inputs() {
    return (int) (input.length() / input.size(0));
  }
}
