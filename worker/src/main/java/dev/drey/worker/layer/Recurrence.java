package dev.drey.worker.layer;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the recurrent layers share, which is all but the gates: products with the kernels, states,
 * and their gradients. Its arrays have the time first, [time, n, ...], so that the input's product
 * with the kernel is one for all steps, and so are the products for the kernels' gradients; only
 * the state's product with the recurrent kernel is one per step.
 *
 * <p>Takes per example time (2 features + gates units) + (time + 2) units floats.
 */
final class Recurrence {

  private final int examples;
  private final int times;
  private final int features;
  private final int units;
  private final boolean sequences;
  private final Matrix inputs; // [time * n, features]
  private final Matrix states; // [(time + 1) * n, units]: h before each step, and the last
  private final Matrix stateGradient; // [n, units]: by h after the step that is next in backward
  private final Matrix kernel;
  private final Matrix kernelGradient;
  private final Matrix recurrentKernel;
  private final Matrix recurrentKernelGradient;
  private final @Nullable Matrix inputsGradient;
  private final INDArray output;
  private final INDArray outputGradient;
  private final INDArray source;
  private final FloatBuffer sourceBuffer;
  private final FloatBuffer inputsBuffer;
  private final FloatBuffer statesBuffer;
  private final FloatBuffer stateGradientBuffer;
  private final FloatBuffer outputBuffer;
  private final FloatBuffer outputGradientBuffer;
  private final @Nullable FloatBuffer sourceGradientBuffer;
  private final float[] gradientRows;

  /**
   * @param gates how many gates of units values there are
   */
  Recurrence(Site site, int gates, int units, boolean sequences) {
    List<Integer> shape = site.node().inputShape();
    examples = site.examples();
    times = shape.get(0);
    features = shape.get(1);
    this.units = units;
    this.sequences = sequences;
    int width = Math.multiplyExact(gates, units);
    int rows = Math.multiplyExact(times, examples);
    source = site.input().values();
    inputs = Matrix.zeros(rows, features);
    states = Matrix.zeros(rows + examples, units);
    stateGradient = Matrix.zeros(examples, units);
    kernel = Matrix.of(site.parameters(), 0, features, width);
    kernelGradient = Matrix.of(site.gradient(), 0, features, width);
    recurrentKernel = Matrix.of(site.parameters(), features * width, units, width);
    recurrentKernelGradient = Matrix.of(site.gradient(), features * width, units, width);
    inputsGradient = site.inputGradient() == null ? null : Matrix.zeros(rows, features);
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
    sourceBuffer = Matrix.of(source, examples).buffer();
    inputsBuffer = inputs.buffer();
    statesBuffer = states.buffer();
    stateGradientBuffer = stateGradient.buffer();
    outputBuffer = Matrix.of(output, examples).buffer();
    outputGradientBuffer = Matrix.of(outputGradient, examples).buffer();
    sourceGradientBuffer =
        site.inputGradient() == null ? null : Matrix.of(site.inputGradient(), examples).buffer();
    gradientRows = new float[Gates.blockRows(units) * units];
  }

  INDArray output() {
    return output;
  }

  INDArray outputGradient() {
    return outputGradient;
  }

  int times() {
    return times;
  }

  int examples() {
    return examples;
  }

  /** gates = x W, for all steps. */
  void project(Matrix gates) {
    transpose(sourceBuffer, examples, inputsBuffer, times);
    gates.product(inputs, kernel);
  }

  /** h before a step, [n, units]. */
  Matrix state(int time) {
    return states.rows(time * examples, examples);
  }

  Matrix recurrentKernel() {
    return recurrentKernel;
  }

  /** Takes h after a step, of count examples from this one on, out of h[at ...]. */
  void putState(int time, int example, int count, float[] h, int at) {
    statesBuffer.put(((time + 1) * examples + example) * units, h, at, count * units);
    if (sequences) {
      for (int i = 0; i < count; i++) {
        outputBuffer.put(((example + i) * times + time) * units, h, at + i * units, units);
      }
    } else if (time == times - 1) {
      outputBuffer.put(example * units, h, at, count * units);
    }
  }

  /** Gives the gradient by h after a step, of count examples from this one on. */
  void getStateGradient(int time, int example, int count, float[] gradient) {
    boolean last = time == times - 1;
    int length = count * units;
    if (!last) {
      stateGradientBuffer.get(example * units, gradient, 0, length);
    }
    if (!last && !sequences) {
      return;
    }
    float[] rows = last ? gradient : gradientRows;
    if (sequences) {
      for (int i = 0; i < count; i++) {
        outputGradientBuffer.get(((example + i) * times + time) * units, rows, i * units, units);
      }
    } else {
      outputGradientBuffer.get(example * units, rows, 0, length);
    }
    if (!last) {
      Stretch.add(gradient, 0, rows, length);
    }
  }

  /** Puts what else than the step's product depends on the state before it. */
  void putStateGradient(int example, int count, float[] gradient) {
    stateGradientBuffer.put(example * units, gradient, 0, count * units);
  }

  /**
   * Goes from the gradient by h U at a step to the one by the h before.
   *
   * @param keep 1 to add to what was put, 0 to replace it
   */
  void stepBack(int time, Matrix gradient, float keep) {
    if (time > 0) {
      stateGradient.productWithTransposed(
          gradient.rows(time * examples, examples), recurrentKernel, keep);
    }
  }

  /**
   * The gradients by the kernels and the input.
   *
   * @param gradient by x W, of all steps
   * @param stateGradient by h U, of all steps
   */
  void finish(Matrix gradient, Matrix stateGradient, float keep) {
    kernelGradient.transposedProduct(inputs, gradient, keep);
    recurrentKernelGradient.transposedProduct(
        states.rows(0, times * examples), stateGradient, keep);
    if (inputsGradient != null && sourceGradientBuffer != null) {
      inputsGradient.productWithTransposed(gradient, kernel);
      transpose(inputsGradient.buffer(), times, sourceGradientBuffer, examples);
    }
  }

  /** From [first, second, features] to [second, first, features]. */
  private void transpose(FloatBuffer from, int first, FloatBuffer to, int second) {
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        to.put((j * first + i) * features, from, (i * second + j) * features, features);
      }
    }
  }
}
