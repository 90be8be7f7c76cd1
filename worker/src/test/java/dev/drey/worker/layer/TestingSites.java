package dev.drey.worker.layer;

import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.worker.onednn.Engine;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sites of layers that stand alone in their network. */
final class TestingSites {

  private TestingSites() {}

  /** A layer that reads the network's input. */
  static Site of(
      LayerSpec spec,
      INDArray input,
      @Nullable INDArray inputGradient,
      INDArray parameters,
      INDArray gradient) {
    return new Site(
        node(spec, input),
        new Port(input, inputGradient),
        Optional.empty(),
        parameters,
        gradient,
        ImageOrder.CHANNELS_FIRST,
        new Engine());
  }

  /** The node of a layer that reads one example after the other of this array. */
  static Node node(LayerSpec spec, INDArray input) {
    return node(spec, IntStream.range(1, input.rank()).mapToObj(d -> (int) input.size(d)).toList());
  }

  /** The node of a layer that reads examples of this shape. */
  static Node node(LayerSpec spec, List<Integer> shape) {
    return new NetworkSpec(shape, List.of(spec, new Flatten()), new Loss.MeanSquaredError())
        .nodes()
        .get(0);
  }
}
