package dev.drey.worker.layer;

import dev.drey.core.layer.LocalResponseNormalization;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * y[c] = x[c] s[c]^-beta with s[c] = k + a sum of x[j]^2, a = alpha / size, over the size channels
 * from c - size / 2 on; x: [n, height, width, channels]. With t[j] = dL/dy[j] y[j] / s[j], dL/dx[c]
 * = dL/dy[c] s[c]^-beta - 2 a beta x[c] times the sum of the t[j] that have c among their channels.
 * Krizhevsky et al. (2012), section 3.3. Takes 3 n * channels * places floats.
 */
final class LocalResponseNormalizationLayer implements Layer {

  private final Images images;
  private final FloatBuffer input;
  private final @Nullable FloatBuffer inputGradient;
  private final FloatBuffer output;
  private final FloatBuffer outputGradient;
  private final INDArray scaleArray; // keeps the memory alive
  private final FloatBuffer scales;
  private final ChannelWindow around;
  private final ChannelWindow reverse; // the channels that sum over c
  private final float share;
  private final float beta;
  private final float k;
  private final float[] x;
  private final float[] y;
  private final float[] s;
  private final float[] sums;

  LocalResponseNormalizationLayer(LocalResponseNormalization spec, Site site) {
    images = new Images(site);
    input = HostMemory.of(site.input().values());
    INDArray wanted = site.inputGradient();
    inputGradient = wanted == null ? null : HostMemory.of(wanted);
    output = HostMemory.of(images.output());
    outputGradient = HostMemory.of(images.outputGradient());
    scaleArray = Nd4j.create(DataType.FLOAT, site.outputShape());
    scales = HostMemory.of(scaleArray);
    int size = spec.size();
    int channels = site.node().inputShape().get(0);
    around = new ChannelWindow(size, size / 2, channels);
    reverse = new ChannelWindow(size, (size - 1) / 2, channels);
    share = spec.alpha() / spec.size();
    beta = spec.beta();
    k = spec.k();
    int block = ChannelWindow.places(size, channels) * channels;
    x = new float[block];
    y = new float[block];
    s = new float[block];
    sums = new float[block];
  }

  @Override
  public INDArray output() {
    return images.output();
  }

  @Override
  public INDArray outputGradient() {
    return images.outputGradient();
  }

  @Override
  public void forward(Pass pass) {
    for (int from = 0; from < input.capacity(); from += x.length) {
      int count = Math.min(x.length, input.capacity() - from);
      input.get(from, x, 0, count);
      for (int i = 0; i < count; i++) {
        y[i] = x[i] * x[i];
      }
      around.sums(y, count, sums);
      for (int i = 0; i < count; i++) {
        s[i] = k + share * sums[i];
      }
      scales.put(from, s, 0, count);
      power(count);
      for (int i = 0; i < count; i++) {
        y[i] *= x[i];
      }
      output.put(from, y, 0, count);
    }
  }

  @Override
  public void backward(boolean accumulate) {
    if (inputGradient == null) {
      return;
    }
    float factor = 2 * share * beta;
    for (int from = 0; from < input.capacity(); from += x.length) {
      int count = Math.min(x.length, input.capacity() - from);
      scales.get(from, s, 0, count);
      power(count);
      outputGradient.get(from, sums, 0, count);
      input.get(from, x, 0, count);
      for (int i = 0; i < count; i++) {
        y[i] *= sums[i]; // dL/dy s^-beta
        s[i] = y[i] * x[i] / s[i];
      }
      reverse.sums(s, count, sums);
      for (int i = 0; i < count; i++) {
        y[i] -= factor * x[i] * sums[i];
      }
      inputGradient.put(from, y, 0, count);
    }
  }

  /** y = s^-beta; for the exponents that people use, by square roots, which vectorise. */
  private void power(int count) {
    if (beta == 0.75f) {
      for (int i = 0; i < count; i++) {
        float root = (float) Math.sqrt(s[i]);
        y[i] = 1 / (root * (float) Math.sqrt(root));
      }
    } else if (beta == 0.5f) {
      for (int i = 0; i < count; i++) {
        y[i] = 1 / (float) Math.sqrt(s[i]);
      }
    } else if (beta == 1) {
      for (int i = 0; i < count; i++) {
        y[i] = 1 / s[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        y[i] = (float) StrictMath.pow(s[i], -beta);
      }
    }
  }
}
