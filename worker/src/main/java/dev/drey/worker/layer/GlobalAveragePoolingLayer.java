package dev.drey.worker.layer;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * y[c] = the mean of x[p, c] over the places p, with x: [n, places, channels], which is what images
 * with channels last and sequences are alike. Takes 2 n * channels floats.
 */
final class GlobalAveragePoolingLayer implements Layer {

  private final FloatBuffer input;
  private final @Nullable FloatBuffer inputGradient;
  private final INDArray output;
  private final INDArray outputGradient;
  private final FloatBuffer means;
  private final FloatBuffer gradient;
  private final int examples;
  private final int channels;
  private final int places;
  private final float[] example;
  private final float[] mean;

  GlobalAveragePoolingLayer(Site site) {
    input = HostMemory.of(site.input().values());
    INDArray wanted = site.inputGradient();
    inputGradient = wanted == null ? null : HostMemory.of(wanted);
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
    means = HostMemory.of(output);
    gradient = HostMemory.of(outputGradient);
    examples = site.examples();
    channels = site.node().outputShape().get(0);
    example = new float[input.capacity() / examples];
    places = example.length / channels;
    mean = new float[channels];
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
    for (int i = 0; i < examples; i++) {
      input.get(i * example.length, example);
      Arrays.fill(mean, 0);
      for (int p = 0; p < places; p++) {
        for (int c = 0; c < channels; c++) {
          mean[c] += example[p * channels + c];
        }
      }
      scale();
      means.put(i * channels, mean);
    }
  }

  @Override
  public void backward(boolean accumulate) {
    if (inputGradient == null) {
      return;
    }
    for (int i = 0; i < examples; i++) {
      gradient.get(i * channels, mean);
      scale();
      for (int p = 0; p < places; p++) {
        System.arraycopy(mean, 0, example, p * channels, channels);
      }
      inputGradient.put(i * example.length, example);
    }
  }

  private void scale() {
    for (int c = 0; c < channels; c++) {
      mean[c] /= places;
    }
  }
}
