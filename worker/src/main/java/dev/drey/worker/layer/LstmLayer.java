package dev.drey.worker.layer;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Lstm;
import dev.drey.worker.function.Elementwise;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A long short-term memory, Hochreiter and Schmidhuber (1997) with the forget gate of Gers et al.
 * (2000): a = x[t] W + h U + b; c = sigmoid(a_f) c + sigmoid(a_i) tanh(a_g); h = sigmoid(a_o)
 * tanh(c). Back through time, with dh the sum of the gradients by the output at t and by the next
 * step's h:
 *
 * <pre>
 * da_o = dh tanh(c) o (1 - o)          dc' = dc + dh o (1 - tanh(c)^2)
 * da_i = dc' g i (1 - i)               da_f = dc' c[t-1] f (1 - f)
 * da_g = dc' i (1 - g^2)               dc[t-1] = dc' f
 * </pre>
 *
 * <p>Takes per example time (2 features + 11 units) floats.
 */
final class LstmLayer implements Layer {

  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;
  private static final int GATES = 4;

  private final Elementwise sigmoid = Elementwise.of(Activation.SIGMOID);
  private final Elementwise tanh = Elementwise.of(Activation.TANH);
  private final int units;
  private final int rows;
  private final Recurrence recurrence;
  private final Gates gates;
  private final Tile bias;
  private final Matrix biasGradient;
  private final Matrix ones;
  private final float[][] values; // per gate [time, n, units]
  private final float[] cells; // c before each step, and the last: [time + 1, n, units]
  private final float[] squashed; // tanh(c) after each step, [time, n, units]
  private final float[] cellGradient; // [n, units]
  private final float[] state;
  private final float[][] deltas;

  LstmLayer(Lstm spec, Site site) {
    units = spec.units();
    recurrence = new Recurrence(site, GATES, units, spec.sequences());
    int n = recurrence.examples();
    int steps = Math.multiplyExact(recurrence.times(), n);
    rows = Math.min(Gates.blockRows(units), n);
    gates = new Gates(steps, GATES, units);
    int width = GATES * units;
    int from = (int) site.parameters().length() - width;
    bias = new Tile(Matrix.of(site.parameters(), from, 1, width), GATES, units, rows);
    biasGradient = Matrix.of(site.gradient(), from, 1, width);
    ones = Matrix.ones(steps);
    values = new float[GATES][Math.multiplyExact(steps, units)];
    cells = new float[Math.multiplyExact(steps + n, units)];
    squashed = new float[steps * units];
    cellGradient = new float[n * units];
    state = new float[rows * units];
    deltas = new float[GATES][rows * units];
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
    bias.refresh();
    recurrence.project(gates.matrix());
    for (int t = 0; t < recurrence.times(); t++) {
      if (t > 0) {
        Matrix step = gates.matrix().rows(t * n, n);
        step.addProduct(recurrence.state(t), recurrence.recurrentKernel());
      }
      for (int example = 0; example < n; example += rows) {
        step(t, example, Math.min(rows, n - example));
      }
    }
  }

  private void step(int time, int example, int count) {
    int row = time * recurrence.examples() + example;
    int from = row * units;
    int length = count * units;
    for (int gate = 0; gate < GATES; gate++) {
      gates.read(gate, row, count, values[gate], from);
      bias.addTo(values[gate], gate, from, length);
      if (gate == G) {
        tanh.forward(values[gate], from, from + length);
      } else {
        sigmoid.forward(values[gate], from, from + length);
      }
    }
    remember(values[I], values[F], values[G], cells, squashed, from, length);
    System.arraycopy(squashed, from, cells, from + recurrence.examples() * units, length);
    tanh.forward(squashed, from, from + length);
    show(values[O], squashed, state, from, length);
    recurrence.putState(time, example, count, state, 0);
  }

  /** c[t] = f c[t - 1] + i g. */
  private static void remember(
      float[] i, float[] f, float[] g, float[] before, float[] c, int from, int length) {
    for (int j = from; j < from + length; j++) {
      c[j] = f[j] * before[j] + i[j] * g[j];
    }
  }

  private static void show(float[] o, float[] squashed, float[] h, int from, int length) {
    for (int j = 0; j < length; j++) {
      h[j] = o[from + j] * squashed[from + j];
    }
  }

  @Override
  public void backward(boolean accumulate) {
    int n = recurrence.examples();
    float keep = accumulate ? 1 : 0;
    Arrays.fill(cellGradient, 0);
    for (int t = recurrence.times() - 1; t >= 0; t--) {
      for (int example = 0; example < n; example += rows) {
        stepBack(t, example, Math.min(rows, n - example));
      }
      recurrence.stepBack(t, gates.matrix(), 0);
    }
    gates.matrix().sumRowsInto(biasGradient, ones, keep);
    recurrence.finish(gates.matrix(), gates.matrix(), keep);
  }

  private void stepBack(int time, int example, int count) {
    int row = time * recurrence.examples() + example;
    int from = row * units;
    int length = count * units;
    int at = example * units;
    recurrence.getStateGradient(time, example, count, state);
    cell(values[O], squashed, from, state, cellGradient, at, length);
    output(values[O], squashed, from, state, deltas[O], length);
    input(values[I], values[G], from, cellGradient, at, deltas[I], length);
    candidate(values[I], values[G], from, cellGradient, at, deltas[G], length);
    forget(values[F], cells, from, cellGradient, at, deltas[F], length);
    for (int gate = 0; gate < GATES; gate++) {
      gates.write(gate, row, count, deltas[gate]);
    }
  }

  /** dc to dc'. */
  private static void cell(
      float[] o, float[] squashed, int from, float[] dh, float[] dc, int at, int n) {
    for (int j = 0; j < n; j++) {
      float z = squashed[from + j];
      dc[at + j] += dh[j] * o[from + j] * (1 - z * z);
    }
  }

  /** da_o. */
  private static void output(float[] o, float[] squashed, int from, float[] dh, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      float y = o[from + j];
      d[j] = dh[j] * squashed[from + j] * y * (1 - y);
    }
  }

  /** da_i. */
  private static void input(float[] i, float[] g, int from, float[] dc, int at, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      float y = i[from + j];
      d[j] = dc[at + j] * g[from + j] * y * (1 - y);
    }
  }

  /** da_g. */
  private static void candidate(
      float[] i, float[] g, int from, float[] dc, int at, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      float y = g[from + j];
      d[j] = dc[at + j] * i[from + j] * (1 - y * y);
    }
  }

  /** da_f, and dc' to dc[t - 1]. */
  private static void forget(
      float[] f, float[] before, int from, float[] dc, int at, float[] d, int n) {
    for (int j = 0; j < n; j++) {
      float y = f[from + j];
      d[j] = dc[at + j] * before[from + j] * y * (1 - y);
    }
    for (int j = 0; j < n; j++) {
      dc[at + j] *= f[from + j];
    }
  }
}
