package dev.drey.worker.layer;

import dev.drey.core.parameters.Floats;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * y = x + P for every example; dL/dx is dL/dy itself, dL/dP = the sum over the examples of dL/dy.
 * Takes time features floats per example.
 */
final class PositionalEmbeddingLayer implements Layer {

  private final int examples;
  private final BlasMatrix output;
  private final BlasMatrix outputGradient;
  private final BlasMatrix tableGradient;
  private final BlasMatrix ones;
  private final FloatBuffer input;
  private final FloatBuffer table;
  private final FloatBuffer sums;
  private final float[] places;
  private final float[] values;

  PositionalEmbeddingLayer(Site site) {
    examples = site.examples();
    output = BlasMatrix.of(Nd4j.create(DataType.FLOAT, site.outputShape()), examples);
    outputGradient = BlasMatrix.of(site.sharedGradient(), examples);
    int width = (int) site.parameters().length();
    tableGradient = BlasMatrix.of(site.gradient(), 0, 1, width);
    ones = BlasMatrix.ones(examples);
    input = BlasMatrix.of(site.input().values(), examples).buffer();
    table = BlasMatrix.of(site.parameters(), 0, 1, width).buffer();
    sums = output.buffer();
    places = new float[width];
    values = new float[width];
  }

  @Override
  public INDArray output() {
    return output.array();
  }

  @Override
  public INDArray outputGradient() {
    return outputGradient.array();
  }

  @Override
  public void forward(Pass pass) {
    table.get(0, places);
    for (int example = 0; example < examples; example++) {
      input.get(example * values.length, values);
      Floats.addAt(values, 0, places, values.length);
      sums.put(example * values.length, values);
    }
  }

  @Override
  public void backward(boolean accumulate) {
    outputGradient.sumRowsInto(tableGradient, ones, accumulate ? 1 : 0);
  }
}
