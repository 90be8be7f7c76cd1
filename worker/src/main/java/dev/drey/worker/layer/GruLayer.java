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
 * <p>Takes per example about time (features + 6 units) floats.
 */
final class GruLayer implements Layer {

  private static final int R = 0;
  private static final int Z = 1;
  private static final int N = 2;
  private static final int GATES = 3;
  private static final int U = 3; // where u_n is; u_r and u_z are added to a_r and a_z at once

  private final Elementwise sigmoid = Elementwise.of(Activation.SIGMOID);
  private final Elementwise tanh = Elementwise.of(Activation.TANH);
  private final int units;
  private final int features;
  private final int rows; // worked on at a time
  private final Recurrence recurrence;
  private final Gates gates; // a_r + u_r, a_z + u_z, a_n, u_n
  private final BlasMatrix kernels; // W and U: [features + units, 3 units]
  private final BlasMatrix kernelGradients;
  private final Tile biases; // b, then c
  private final BlasMatrix biasGradients;
  private final BlasMatrix ones;
  private final float[][] values; // r, z and m, each [time, n, units]
  private final float[] candidates; // u_n, [time, n, units]
  private final float[] states; // h before each step, and the last: [time + 1, n, units]
  private final float[] stateGradient;
  private final float[] scratch;

  GruLayer(Gru spec, Site site) {
    units = spec.units();
    recurrence = new Recurrence(site, units, spec.sequences());
    features = recurrence.features();
    int n = recurrence.examples();
    int steps = Math.multiplyExact(recurrence.times(), n);
    rows = Gates.rows(units, n);
    gates = new Gates(n, GATES + 1, units);
    int width = GATES * units;
    kernels = BlasMatrix.of(site.parameters(), 0, features + units, width);
    kernelGradients = BlasMatrix.of(site.gradient(), 0, features + units, width);
    int from = (features + units) * width;
    biases = new Tile(BlasMatrix.of(site.parameters(), from, 2, width), 2 * GATES, units, rows);
    biasGradients = BlasMatrix.of(site.gradient(), from, 2, width);
    ones = BlasMatrix.ones(n);
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
    biases.refresh();
    recurrence.start();
    for (int t = 0; t < recurrence.times(); t++) {
      enter(recurrence.entering(t));
      for (int example = 0; example < recurrence.examples(); example += rows) {
        step(t, example, Math.min(rows, recurrence.examples() - example));
      }
    }
  }

  /** The products with the kernels. */
  private void enter(BlasMatrix entering) {
    BlasMatrix xh = entering.columns(0, features + units);
    gates.columns(R, 2).product(xh, kernels.columns(0, 2 * units));
    gates.columns(N, 1).product(x(entering), inputKernel(kernels));
    gates.columns(U, 1).product(h(entering), stateKernel(kernels));
  }

  private BlasMatrix x(BlasMatrix entering) {
    return entering.columns(0, features);
  }

  private BlasMatrix h(BlasMatrix entering) {
    return entering.columns(features, units);
  }

  /** W_n. */
  private BlasMatrix inputKernel(BlasMatrix both) {
    return both.block(0, features, 2 * units, units);
  }

  /** U_n. */
  private BlasMatrix stateKernel(BlasMatrix both) {
    return both.block(features, units, 2 * units, units);
  }

  private void step(int time, int example, int count) {
    int from = (time * recurrence.examples() + example) * units;
    int length = count * units;
    for (int gate = R; gate <= Z; gate++) {
      gates.read(gate, example, count, values[gate], from);
      biases.addTo(values[gate], gate, from, length);
      biases.addTo(values[gate], GATES + gate, from, length);
      sigmoid.forward(values[gate], from, from + length);
    }
    gates.read(U, example, count, candidates, from);
    biases.addTo(candidates, GATES + N, from, length);
    gates.read(N, example, count, values[N], from);
    biases.addTo(values[N], N, from, length);
    reset(values[R], candidates, values[N], from, length);
    tanh.forward(values[N], from, from + length);
    mix(values[Z], values[N], states, scratch, from, length);
    int next = from + recurrence.examples() * units;
    System.arraycopy(scratch, 0, states, next, length);
    recurrence.putState(time, example, count, scratch);
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
    int last = recurrence.times() - 1;
    for (int t = last; t >= 0; t--) {
      for (int example = 0; example < recurrence.examples(); example += rows) {
        stepBack(t, example, Math.min(rows, recurrence.examples() - example));
      }
      leave(recurrence.entering(t), accumulate || t < last ? 1 : 0);
      recurrence.putInputGradient(t);
    }
  }

  /** From the gates' gradient to those by the parameters, and by x and h. */
  private void leave(BlasMatrix entering, float keep) {
    BlasMatrix both = gates.columns(R, 2);
    BlasMatrix xh = entering.columns(0, features + units);
    kernelGradients.columns(0, 2 * units).transposedProduct(xh, both, keep);
    inputKernel(kernelGradients).transposedProduct(x(entering), gates.columns(N, 1), keep);
    stateKernel(kernelGradients).transposedProduct(h(entering), gates.columns(U, 1), keep);
    BlasMatrix input = biasGradients.rows(0, 1);
    gates.columns(R, GATES).sumRowsInto(input, ones, keep);
    BlasMatrix state = biasGradients.rows(1, 1);
    both.sumRowsInto(state.columns(0, 2 * units), ones, keep);
    gates.columns(U, 1).sumRowsInto(state.columns(2 * units, units), ones, keep);
    BlasMatrix target = recurrence.enteringGradient();
    BlasMatrix h = h(target);
    h.productWithTransposed(both, kernels.block(features, units, 0, 2 * units), 1);
    h.productWithTransposed(gates.columns(U, 1), stateKernel(kernels), 1);
    if (recurrence.wantsInputGradient()) {
      x(target).productWithTransposed(gates.columns(R, GATES), kernels.rows(0, features));
    }
  }

  private void stepBack(int time, int example, int count) {
    int from = (time * recurrence.examples() + example) * units;
    int length = count * units;
    recurrence.getStateGradient(time, example, count, stateGradient);
    update(values[Z], values[N], states, from, stateGradient, scratch, length);
    gates.write(Z, example, count, scratch);
    candidate(values[Z], values[N], from, stateGradient, scratch, length);
    gates.write(N, example, count, scratch);
    multiply(values[R], from, scratch, length);
    gates.write(U, example, count, scratch);
    resetGradient(values[R], candidates, from, scratch, length);
    gates.write(R, example, count, scratch);
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
