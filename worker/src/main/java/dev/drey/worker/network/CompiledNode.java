package dev.drey.worker.network;

import dev.drey.worker.layer.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer, and where the gradients by its output come from.
 *
 * @param name of the node, "input" for the network's input
 * @param layer compiled
 * @param learns whether the gradient by its output reaches any parameter; if not, it is never
 *     written
 * @param shares one array for each reader of its output but one, which writes to the layer's own
 */
record CompiledNode(String name, Layer layer, boolean learns, List<INDArray> shares) {

  void backward(boolean accumulate) {
    if (!learns) {
      return;
    }
    for (INDArray share : shares) {
      layer.outputGradient().addi(share);
    }
    layer.backward(accumulate);
  }
}
