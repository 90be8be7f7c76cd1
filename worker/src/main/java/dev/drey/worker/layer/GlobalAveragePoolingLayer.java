package dev.drey.worker.layer;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mean over all places: of a sequence, the examples times the places times the features; of an
 * image, the examples' channels times the places times one. dL/dx = dL/dy / places.
 */
final class GlobalAveragePoolingLayer implements Layer {

  private final int groups;
  private final int places;
  private final int features;
  private final INDArray output;
  private final INDArray outputGradient;
  private final FloatBuffer input;
  private final @Nullable FloatBuffer inputGradient;
  private final FloatBuffer means;
  private final FloatBuffer meanGradients;
  private final float[] values;
  private final float[] mean;

  GlobalAveragePoolingLayer(Site site) {
    List<Integer> shape = site.node().inputShape();
    boolean image = shape.size() == 3;
    int examples = site.examples();
    groups = image ? examples * shape.get(0) : examples;
    places = image ? shape.get(1) * shape.get(2) : shape.get(0);
    features = image ? 1 : shape.get(1);
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
    input = Matrix.of(site.input().values(), examples).buffer();
    inputGradient =
        site.inputGradient() == null ? null : Matrix.of(site.inputGradient(), examples).buffer();
    means = Matrix.of(output, examples).buffer();
    meanGradients = Matrix.of(outputGradient, examples).buffer();
    values = new float[places * features];
    mean = new float[features];
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
    for (int group = 0; group < groups; group++) {
      input.get(group * values.length, values);
      if (features == 1) {
        mean[0] = Stretch.sum(values, 0, places);
      } else {
        sumPlaces();
      }
      for (int j = 0; j < features; j++) {
        mean[j] /= places;
      }
      means.put(group * features, mean);
    }
  }

  private void sumPlaces() {
    System.arraycopy(values, 0, mean, 0, features);
    for (int from = features; from < values.length; from += features) {
      for (int j = 0; j < features; j++) {
        mean[j] += values[from + j];
      }
    }
  }

  @Override
  public void backward(boolean accumulate) {
    if (inputGradient == null) {
      return;
    }
    for (int group = 0; group < groups; group++) {
      meanGradients.get(group * features, mean);
      for (int j = 0; j < features; j++) {
        mean[j] /= places;
      }
      for (int from = 0; from < values.length; from += features) {
        System.arraycopy(mean, 0, values, from, features);
      }
      inputGradient.put(group * values.length, values);
    }
  }
}
