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
 * <p>Takes per example about time (features + 7 units) floats.
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
  private final int rows; // worked on at a time
  private final Recurrence recurrence;
  private final Gates gates;
  private final BlasMatrix kernels; // W, U and b: [features + units + 1, 4 units]
  private final BlasMatrix kernelGradients;
  private final float[][] values; // per gate [time, n, units]
  private final float[] cells; // c before each step, and the last: [time + 1, n, units]
  private final float[] squashed; // tanh(c) after each step, [time, n, units]
  private final float[] cellGradient; // [n, units]
  private final float[] state;
  private final float[][] deltas;

  LstmLayer(Lstm spec, Site site) {
    units = spec.units();
    recurrence = new Recurrence(site, units, spec.sequences());
    int n = recurrence.examples();
    int steps = Math.multiplyExact(recurrence.times(), n);
    rows = Gates.rows(units, n);
    gates = new Gates(n, GATES, units);
    int entering = recurrence.features() + units + 1;
    kernels = BlasMatrix.of(site.parameters(), 0, entering, GATES * units);
    kernelGradients = BlasMatrix.of(site.gradient(), 0, entering, GATES * units);
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
    recurrence.start();
    for (int t = 0; t < recurrence.times(); t++) {
      gates.matrix().product(recurrence.entering(t), kernels);
      for (int example = 0; example < recurrence.examples(); example += rows) {
        step(t, example, Math.min(rows, recurrence.examples() - example));
      }
    }
  }

  private void step(int time, int example, int count) {
    int from = (time * recurrence.examples() + example) * units;
    int length = count * units;
    for (int gate = 0; gate < GATES; gate++) {
      gates.read(gate, example, count, values[gate], from);
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
    recurrence.putState(time, example, count, state);
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
    int last = recurrence.times() - 1;
    Arrays.fill(cellGradient, 0);
    for (int t = last; t >= 0; t--) {
      for (int example = 0; example < recurrence.examples(); example += rows) {
        stepBack(t, example, Math.min(rows, recurrence.examples() - example));
      }
      float keep = accumulate || t < last ? 1 : 0;
      kernelGradients.transposedProduct(recurrence.entering(t), gates.matrix(), keep);
      leave(t);
    }
  }

  /** From the gates' gradient to that by x and h. */
  private void leave(int time) {
    int features = recurrence.features();
    BlasMatrix target = recurrence.enteringGradient();
    if (recurrence.wantsInputGradient()) {
      target.productWithTransposed(gates.matrix(), kernels.rows(0, features + units));
      recurrence.putInputGradient(time);
    } else if (time > 0) {
      target
          .columns(features, units)
          .productWithTransposed(gates.matrix(), kernels.rows(features, units));
    }
  }

  private void stepBack(int time, int example, int count) {
    int from = (time * recurrence.examples() + example) * units;
    int length = count * units;
    int at = example * units;
    recurrence.getStateGradient(time, example, count, state);
    cell(values[O], squashed, from, state, cellGradient, at, length);
    output(values[O], squashed, from, state, deltas[O], length);
    input(values[I], values[G], from, cellGradient, at, deltas[I], length);
    candidate(values[I], values[G], from, cellGradient, at, deltas[G], length);
    forget(values[F], cells, from, cellGradient, at, deltas[F], length);
    for (int gate = 0; gate < GATES; gate++) {
      gates.write(gate, example, count, deltas[gate]);
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
