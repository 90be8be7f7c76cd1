package dev.drey.worker.layer;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Gru;
import dev.drey.worker.function.Elementwise;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A gated recurrent unit, Cho et al. (2014) with the reset after the product: with a = x[t] W + b
 * and u = h U + c: r = sigmoid(a_r + u_r), z = sigmoid(a_z + u_z), m = tanh(a_n + r u_n), h' = m +
 * z (h - m). Back through time, with dh' the sum of the gradients by the output at t and by the
 * next step's h:
 *
 * <pre>
 * da_n = dh' (1 - z) (1 - m^2)         du_n = da_n r
 * da_r = da_n u_n r (1 - r) = du_r     da_z = dh' (h - m) z (1 - z) = du_z
 * dh = du U' + dh' z
 * </pre>
 *
 * <p>Takes per example time (2 features + 12 units) floats.
 */
final class GruLayer implements Layer {

  private static final int R = 0;
  private static final int Z = 1;
  private static final int N = 2;
  private static final int GATES = 3;

  private final Elementwise sigmoid = Elementwise.of(Activation.SIGMOID);
  private final Elementwise tanh = Elementwise.of(Activation.TANH);
  private final int units;
  private final int rows;
  private final Recurrence recurrence;
  private final Gates gates; // a
  private final Gates products; // u
  private final Tile biases; // of a, then of u
  private final Matrix biasGradient;
  private final Matrix recurrentBiasGradient;
  private final Matrix ones;
  private final float[][] values; // r, z and m, each [time, n, units]
  private final float[] candidates; // u_n, [time, n, units]
  private final float[] states; // h before each step, and the last: [time + 1, n, units]
  private final float[] stateGradient;
  private final float[] scratch;

  GruLayer(Gru spec, Site site) {
    units = spec.units();
    recurrence = new Recurrence(site, GATES, units, spec.sequences());
    int n = recurrence.examples();
    int steps = Math.multiplyExact(recurrence.times(), n);
    rows = Math.min(Gates.blockRows(units), n);
    gates = new Gates(steps, GATES, units);
    products = new Gates(steps, GATES, units);
    int width = GATES * units;
    int from = (int) site.parameters().length() - 2 * width;
    biases = new Tile(Matrix.of(site.parameters(), from, 2, width), 2 * GATES, units, rows);
    biasGradient = Matrix.of(site.gradient(), from, 1, width);
    recurrentBiasGradient = Matrix.of(site.gradient(), from + width, 1, width);
    ones = Matrix.ones(steps);
    values = new float[GATES][Math.multiplyExact(steps, units)];
    candidates = new float[steps * units];
    states = new float[Math.multiplyExact(steps + n, units)];
    stateGradient = new float[rows * units];
    scratch = new float[rows * units];
  }

  @Override
  public INDArray output() {
    return recurrence.output();
  }

  @Override
  public INDArray outputGradient() {
    return recurrence.outputGradient();
  }

  @Override
  public void forward(Pass pass) {
    int n = recurrence.examples();
    biases.refresh();
    recurrence.project(gates.matrix());
    for (int t = 0; t < recurrence.times(); t++) {
      Matrix step = products.matrix().rows(t * n, n);
      step.product(recurrence.state(t), recurrence.recurrentKernel());
      for (int example = 0; example < n; example += rows) {
        step(t, example, Math.min(rows, n - example));
      }
    }
  }

  private void step(int time, int example, int count) {
    int row = time * recurrence.examples() + example;
    int from = row * units;
    int length = count * units;
    for (int gate = R; gate <= Z; gate++) {
      gates.read(gate, row, count, values[gate], from);
      products.read(gate, row, count, scratch, 0);
      Stretch.add(values[gate], from, scratch, length);
      biases.addTo(values[gate], gate, from, length);
      biases.addTo(values[gate], GATES + gate, from, length);
      sigmoid.forward(values[gate], from, from + length);
    }
    products.read(N, row, count, candidates, from);
    biases.addTo(candidates, GATES + N, from, length);
    gates.read(N, row, count, values[N], from);
    biases.addTo(values[N], N, from, length);
    reset(values[R], candidates, values[N], from, length);
    tanh.forward(values[N], from, from + length);
    mix(values[Z], values[N], states, scratch, from, length);
    int next = from + recurrence.examples() * units;
    System.arraycopy(scratch, 0, states, next, length);
    recurrence.putState(time, example, count, scratch, 0);
  }

  /** a_n + r u_n. */
  private static void reset(float[] r, float[] candidate, float[] sum, int from, int length) {
    for (int j = from; j < from + length; j++) {
      sum[j] += r[j] * candidate[j];
    }
  }

  /** h' = m + z (h - m). */
  private static void mix(float[] z, float[] m, float[] h, float[] next, int from, int length) {
    for (int j = 0; j < length; j++) {
      next[j] = m[from + j] + z[from + j] * (h[from + j] - m[from + j]);
    }
  }

  @Override
  public void backward(boolean accumulate) {
    int n = recurrence.examples();
    float keep = accumulate ? 1 : 0;
    for (int t = recurrence.times() - 1; t >= 0; t--) {
      for (int example = 0; example < n; example += rows) {
        stepBack(t, example, Math.min(rows, n - example));
      }
      recurrence.stepBack(t, products.matrix(), 1);
    }
    gates.matrix().sumRowsInto(biasGradient, ones, keep);
    products.matrix().sumRowsInto(recurrentBiasGradient, ones, keep);
    recurrence.finish(gates.matrix(), products.matrix(), keep);
  }

  private void stepBack(int time, int example, int count) {
    int row = time * recurrence.examples() + example;
    int from = row * units;
    int length = count * units;
    recurrence.getStateGradient(time, example, count, stateGradient);
    update(values[Z], values[N], states, from, stateGradient, scratch, length);
    gates.write(Z, row, count, scratch);
    products.write(Z, row, count, scratch);
    candidate(values[Z], values[N], from, stateGradient, scratch, length);
    gates.write(N, row, count, scratch);
    multiply(values[R], from, scratch, length);
    products.write(N, row, count, scratch);
    resetGradient(values[R], candidates, from, scratch, length);
    gates.write(R, row, count, scratch);
    products.write(R, row, count, scratch);
    multiply(values[Z], from, stateGradient, length);
    recurrence.putStateGradient(example, count, stateGradient);
  }

  /** da_z. */
  private static void update(
      float[] z, float[] m, float[] h, int from, float[] dh, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      float y = z[from + j];
      d[j] = dh[j] * (h[from + j] - m[from + j]) * y * (1 - y);
    }
  }

  /** da_n. */
  private static void candidate(float[] z, float[] m, int from, float[] dh, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      float y = m[from + j];
      d[j] = dh[j] * (1 - z[from + j]) * (1 - y * y);
    }
  }

  /** From du_n = da_n r to da_r. */
  private static void resetGradient(float[] r, float[] candidate, int from, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      d[j] *= candidate[from + j] * (1 - r[from + j]);
    }
  }

  private static void multiply(float[] factors, int from, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      d[j] *= factors[from + j];
    }
  }
}
