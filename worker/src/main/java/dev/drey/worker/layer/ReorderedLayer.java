package dev.drey.worker.layer;

import dev.drey.worker.onednn.Array;
import dev.drey.worker.onednn.Engine;
import dev.drey.worker.onednn.Layout;
import dev.drey.worker.onednn.Operation;
import dev.drey.worker.onednn.Reorder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same images in the other order. No node of a specification: it stands between two layers that
 * compute in different orders. Takes 2 n * values floats.
 */
public final class ReorderedLayer implements Layer {

  private final INDArray output;
  private final INDArray outputGradient;
  private final Operation forward;
  private final @Nullable Operation backward;

  /**
   * Plans the copying.
   *
   * @param port the images in the order that they have
   * @param shape of one: [channels, height, width]
   * @param order the order that they get
   */
  public ReorderedLayer(Port port, List<Integer> shape, ImageOrder order, Engine engine) {
    long n = port.values().size(0);
    long channels = shape.get(0);
    long height = shape.get(1);
    long width = shape.get(2);
    Layout first = Layout.plain(engine, n, channels, height, width);
    Layout last = Layout.channelsLast(engine, n, channels, height, width);
    boolean toLast = order == ImageOrder.CHANNELS_LAST;
    Layout from = toLast ? first : last;
    Layout to = toLast ? last : first;
    long[] outputShape =
        toLast ? new long[] {n, height, width, channels} : new long[] {n, channels, height, width};
    output = Nd4j.create(DataType.FLOAT, outputShape);
    outputGradient = Nd4j.create(DataType.FLOAT, outputShape);
    forward =
        Reorder.copy(engine, Array.of(engine, from, port.values()), Array.of(engine, to, output));
    INDArray gradient = port.gradient();
    backward =
        gradient == null
            ? null
            : Reorder.copy(
                engine, Array.of(engine, to, outputGradient), Array.of(engine, from, gradient));
  }

  @Override
  public INDArray output() {
    return output;
  }

  @Override
  public INDArray outputGradient() {
    return outputGradient;
  }

  @Override
  public void forward(Pass pass) {
    forward.execute();
  }

  @Override
  public void backward(boolean accumulate) {
    if (backward != null) {
      backward.execute();
    }
  }
}
