package dev.drey.worker.layer;

import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.parameters.Floats;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * y = scale z + offset with z = (x - mean) r, r = 1 / sqrt(variance + epsilon), over the F features
 * of each row. With g = dL/dy scale: dL/dx = r (g - mean(g) - z mean(g z)); dL/dscale = the sum
 * over the rows of dL/dy z, dL/doffset of dL/dy. z is computed again on the way back. Ba, Kiros and
 * Hinton (2016), equation 4.
 *
 * <p>Takes 2 (time) features + 2 (time) floats per example.
 */
final class LayerNormalizationLayer implements Layer {

  private static final int BLOCK = 2048; // values

  private final float epsilon;
  private final int count; // of rows
  private final int features;
  private final int rows; // worked on at a time
  private final INDArray output;
  private final INDArray outputGradient;
  private final FloatBuffer input;
  private final @Nullable FloatBuffer inputGradient;
  private final FloatBuffer results;
  private final FloatBuffer resultGradients;
  private final FloatBuffer gradient;
  private final Tile parameters; // scale and offset
  private final float[] means;
  private final float[] factors; // r
  private final float[] z;
  private final float[] g;
  private final float[] product;
  private final float[] scaleSums;
  private final float[] offsetSums;

  LayerNormalizationLayer(LayerNormalization spec, Site site) {
    epsilon = spec.epsilon();
    features = (int) site.parameters().length() / 2;
    int examples = site.examples();
    count = (int) (site.input().values().length() / features);
    rows = Math.min(count, Math.max(1, BLOCK / features));
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
    input = BlasMatrix.of(site.input().values(), examples).buffer();
    inputGradient =
        site.inputGradient() == null
            ? null
            : BlasMatrix.of(site.inputGradient(), examples).buffer();
    results = BlasMatrix.of(output, examples).buffer();
    resultGradients = BlasMatrix.of(outputGradient, examples).buffer();
    gradient = BlasMatrix.of(site.gradient(), 0, 2, features).buffer();
    parameters = new Tile(BlasMatrix.of(site.parameters(), 0, 2, features), 2, features, rows);
    means = new float[count];
    factors = new float[count];
    z = new float[rows * features];
    g = new float[rows * features];
    product = new float[rows * features];
    scaleSums = new float[rows * features];
    offsetSums = new float[rows * features];
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
    parameters.refresh();
    for (int row = 0; row < count; row += rows) {
      int length = Math.min(rows, count - row) * features;
      input.get(row * features, z, 0, length);
      for (int at = 0; at < length; at += features) {
        measure(row + at / features, at);
      }
      for (int i = 0; i < length; i++) {
        product[i] = z[i] * z[i];
      }
      for (int at = 0; at < length; at += features) {
        float variance = Floats.sum(product, at, at + features) / features;
        float factor = (float) (1 / Math.sqrt(variance + epsilon));
        factors[row + at / features] = factor;
        multiply(z, at, features, factor);
      }
      apply(z, parameters.of(0), parameters.of(1), length);
      results.put(row * features, z, 0, length);
    }
  }

  private void measure(int row, int at) {
    means[row] = Floats.sum(z, at, at + features) / features;
    subtract(z, at, features, means[row]);
  }

  private static void subtract(float[] x, int from, int length, float mean) {
    for (int i = from; i < from + length; i++) {
      x[i] -= mean;
    }
  }

  private static void multiply(float[] x, int from, int length, float factor) {
    for (int i = from; i < from + length; i++) {
      x[i] *= factor;
    }
  }

  private static void apply(float[] z, float[] scale, float[] offset, int length) {
    for (int i = 0; i < length; i++) {
      z[i] = z[i] * scale[i] + offset[i];
    }
  }

  @Override
  public void backward(boolean accumulate) {
    Arrays.fill(scaleSums, 0);
    Arrays.fill(offsetSums, 0);
    for (int row = 0; row < count; row += rows) {
      int length = Math.min(rows, count - row) * features;
      input.get(row * features, z, 0, length);
      for (int at = 0; at < length; at += features) {
        normalize(z, at, features, means[row + at / features], factors[row + at / features]);
      }
      resultGradients.get(row * features, g, 0, length);
      Floats.addAt(offsetSums, 0, g, length);
      addProducts(scaleSums, g, z, length);
      if (inputGradient != null) {
        inputs(row, length);
        inputGradient.put(row * features, g, 0, length);
      }
    }
    put(scaleSums, 0, accumulate);
    put(offsetSums, features, accumulate);
  }

  private static void normalize(float[] x, int from, int length, float mean, float factor) {
    for (int i = from; i < from + length; i++) {
      x[i] = (x[i] - mean) * factor;
    }
  }

  private static void addProducts(float[] sums, float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += a[i] * b[i];
    }
  }

  /** Turns dL/dy, which lies in g, into dL/dx. */
  private void inputs(int row, int length) {
    products(g, parameters.of(0), g, length);
    products(g, z, product, length);
    for (int at = 0; at < length; at += features) {
      float mean = Floats.sum(g, at, at + features) / features;
      float share = Floats.sum(product, at, at + features) / features;
      back(g, z, at, features, mean, share, factors[row + at / features]);
    }
  }

  private static void products(float[] a, float[] b, float[] target, int length) {
    for (int i = 0; i < length; i++) {
      target[i] = a[i] * b[i];
    }
  }

  private static void back(
      float[] g, float[] z, int from, int length, float mean, float share, float factor) {
    for (int i = from; i < from + length; i++) {
      g[i] = factor * (g[i] - mean - z[i] * share);
    }
  }

  private void put(float[] sums, int at, boolean accumulate) {
    for (int j = 0; j < features; j++) {
      float sum = accumulate ? gradient.get(at + j) : 0;
      for (int i = j; i < sums.length; i += features) {
        sum += sums[i];
      }
      gradient.put(at + j, sum);
    }
  }
}
