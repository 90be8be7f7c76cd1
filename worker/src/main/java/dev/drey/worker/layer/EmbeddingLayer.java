package dev.drey.worker.layer;

import dev.drey.core.layer.Embedding;
import dev.drey.core.parameters.Floats;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * y[t] = row x[t] of the table; the gradient by a row is the sum over the places where it was
 * taken, in their order. The caller that fills the input has checked that it holds whole numbers in
 * [0, vocabulary).
 */
final class EmbeddingLayer implements Layer {

  private final int units;
  private final INDArray output;
  private final INDArray outputGradient;
  private final BlasMatrix tableGradient;
  private final FloatBuffer input;
  private final FloatBuffer table;
  private final FloatBuffer rows;
  private final FloatBuffer rowGradients;
  private final FloatBuffer sums;
  private final float[] sum;
  private final float[] row;

  EmbeddingLayer(Embedding spec, Site site) {
    units = spec.units();
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
    tableGradient = BlasMatrix.of(site.gradient(), 0, spec.vocabulary(), units);
    input = BlasMatrix.of(site.input().values(), site.examples()).buffer();
    table = BlasMatrix.of(site.parameters(), 0, spec.vocabulary(), units).buffer();
    rows = BlasMatrix.of(output, site.examples()).buffer();
    rowGradients = BlasMatrix.of(outputGradient, site.examples()).buffer();
    sums = tableGradient.buffer();
    sum = new float[units];
    row = new float[units];
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
    for (int i = 0; i < input.capacity(); i++) {
      rows.put(i * units, table, ((int) input.get(i)) * units, units);
    }
  }

  @Override
  public void backward(boolean accumulate) {
    if (!accumulate) {
      tableGradient.clear();
    }
    for (int i = 0; i < input.capacity(); i++) {
      int at = ((int) input.get(i)) * units;
      sums.get(at, sum);
      rowGradients.get(i * units, row);
      Floats.addAt(sum, 0, row, units);
      sums.put(at, sum);
    }
  }
}
