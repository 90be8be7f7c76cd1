package dev.drey.worker.layer;

import dev.drey.worker.onednn.Array;
import dev.drey.worker.onednn.Engine;
import dev.drey.worker.onednn.LayerArrays;
import dev.drey.worker.onednn.Layout;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a layer over images writes, [n, height, width, channels], and its ends as oneDNN's. */
final class Images {

  private final Site site;
  private final INDArray output;
  private final INDArray outputGradient;

  Images(Site site) {
    this.site = site;
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
  }

  INDArray output() {
    return output;
  }

  INDArray outputGradient() {
    return outputGradient;
  }

  LayerArrays arrays() {
    INDArray inputGradient = site.inputGradient();
    List<Integer> input = site.node().inputShape();
    List<Integer> shape = site.node().outputShape();
    return new LayerArrays(
        array(site.input().values(), input),
        inputGradient == null ? null : array(inputGradient, input),
        array(output, shape),
        array(outputGradient, shape));
  }

  private Array array(INDArray values, List<Integer> shape) {
    Engine engine = site.engine();
    Layout layout =
        Layout.channelsLast(engine, site.examples(), shape.get(0), shape.get(1), shape.get(2));
    return Array.of(engine, layout, values);
  }
}
