package dev.drey.worker.network;

import dev.drey.worker.layer.Layer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer, and where the gradients by its output come from.
 *
 * @param layer compiled
 * @param shares one array per reader of its output if there are several, each written by one of
 *     them; empty if there is one, which writes to the layer's own
 */
record CompiledNode(Layer layer, List<INDArray> shares) {

  void backward(boolean accumulate) {
    for (int i = 0; i < shares.size(); i++) {
      if (i == 0) {
        layer.outputGradient().assign(shares.get(i));
      } else {
        layer.outputGradient().addi(shares.get(i));
      }
    }
    layer.backward(accumulate);
  }
}
