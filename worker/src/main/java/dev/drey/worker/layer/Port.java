package dev.drey.worker.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array that a layer reads, with the place for the gradient by it; both in C order.
 *
 * @param values [n, ...]; read
 * @param gradient of the same shape, overwritten by the layer; null if it is not needed
 */
public record Port(INDArray values, @Nullable INDArray gradient) {}
