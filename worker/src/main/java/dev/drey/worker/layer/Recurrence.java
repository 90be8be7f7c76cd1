package dev.drey.worker.layer;

import dev.drey.core.parameters.Floats;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the recurrent layers share: what enters each step, [x, h, 1], and the gradient by it. As the
 * tensors of a layer follow each other in the flat vector, [x, h, 1] times the kernel, the
 * recurrent kernel and the bias as one matrix is a single product, and so is their gradient. Both
 * are taken step by step, while a step's arrays are still in the cache.
 *
 * <p>Takes per example (time + 1) (features + units) + time floats.
 */
final class Recurrence {

  private final int examples;
  private final int times;
  private final int features;
  private final int units;
  private final int width; // of a row [x, h, 1]
  private final boolean sequences;
  private final BlasMatrix entering; // [time * n, width], the time first
  private final BlasMatrix enteringGradient; // [n, features + units], of one step
  private final INDArray output;
  private final INDArray outputGradient;
  private final FloatBuffer input;
  private final @Nullable FloatBuffer inputGradient;
  private final FloatBuffer states;
  private final FloatBuffer gradients;
  private final FloatBuffer outputs;
  private final FloatBuffer outputGradients;
  private final float[] row;

  Recurrence(Site site, int units, boolean sequences) {
    List<Integer> shape = site.node().inputShape();
    examples = site.examples();
    times = shape.get(0);
    features = shape.get(1);
    this.units = units;
    this.sequences = sequences;
    width = features + units + 1;
    entering = BlasMatrix.zeros(Math.multiplyExact(times, examples), width);
    enteringGradient = BlasMatrix.zeros(examples, features + units);
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
    input = HostMemory.of(site.input().values());
    inputGradient = site.inputGradient() == null ? null : HostMemory.of(site.inputGradient());
    states = entering.buffer();
    gradients = enteringGradient.buffer();
    outputs = HostMemory.of(output);
    outputGradients = HostMemory.of(outputGradient);
    row = new float[units];
    for (int i = width - 1; i < states.capacity(); i += width) {
      states.put(i, 1);
    }
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

  int features() {
    return features;
  }

  /** Copies the input; h is zero before the first step. */
  void start() {
    for (int example = 0; example < examples; example++) {
      for (int t = 0; t < times; t++) {
        int to = (t * examples + example) * width;
        states.put(to, input, (example * times + t) * features, features);
      }
    }
  }

  /** [x, h, 1] at a step, [n, features + units + 1]. */
  BlasMatrix entering(int time) {
    return entering.rows(time * examples, examples);
  }

  /** Copies h after a step, of count examples from this one on. */
  void putState(int time, int example, int count, float[] h) {
    for (int i = 0; i < count; i++) {
      if (time + 1 < times) {
        int to = ((time + 1) * examples + example + i) * width + features;
        states.put(to, h, i * units, units);
      }
      if (sequences || time + 1 == times) {
        outputs.put(place(time, example + i), h, i * units, units);
      }
    }
  }

  /** Gives the gradient by h after a step, of count examples from this one on. */
  void getStateGradient(int time, int example, int count, float[] gradient) {
    boolean last = time + 1 == times;
    for (int i = 0; i < count; i++) {
      if (last) {
        outputGradients.get(place(time, example + i), gradient, i * units, units);
      } else {
        gradients.get(stateGradient(example + i), gradient, i * units, units);
      }
    }
    if (sequences && !last) {
      for (int i = 0; i < count; i++) {
        outputGradients.get(place(time, example + i), row);
        Floats.addAt(gradient, i * units, row, units);
      }
    }
  }

  /** Where {@link #putInputGradient} and the step before find the gradient by x and by h. */
  BlasMatrix enteringGradient() {
    return enteringGradient;
  }

  /** Puts a part of the gradient by h before a step, of count examples from this one on. */
  void putStateGradient(int example, int count, float[] gradient) {
    for (int i = 0; i < count; i++) {
      gradients.put(stateGradient(example + i), gradient, i * units, units);
    }
  }

  boolean wantsInputGradient() {
    return inputGradient != null;
  }

  /** Writes the gradient by a step's x, if it is needed. */
  void putInputGradient(int time) {
    if (inputGradient == null) {
      return;
    }
    for (int example = 0; example < examples; example++) {
      int to = (example * times + time) * features;
      inputGradient.put(to, gradients, example * (features + units), features);
    }
  }

  private int place(int time, int example) {
    return (sequences ? example * times + time : example) * units;
  }

  private int stateGradient(int example) {
    return example * (features + units) + features;
  }
}
