package dev.drey.worker.function;

/**
 * Softmax of rows: y[j] = exp(x[j] - m) / sum_i exp(x[i] - m), where m, the row's maximum, prevents
 * overflow and keeps the sum at least 1. One thread at a time.
 */
public final class Softmax {

  private final int width;
  private final Exponential exponential = new Exponential();

  /**
   * @param width number of values in a row
   */
  public Softmax(int width) {
    this.width = width;
  }

  /** Replaces x by y in the first {@code rows} rows of values, [rows, width] in C order. */
  public void forward(float[] values, int rows) {
    for (int row = 0; row < rows; row++) {
      shift(values, row * width);
    }
    exponential.apply(values, 0, rows * width);
    for (int row = 0; row < rows; row++) {
      normalize(values, row * width);
    }
  }

  /**
   * Replaces dL/dy in gradient by dL/dx[j] = y[j] (dL/dy[j] - sum_i dL/dy[i] y[i]), with y in
   * values.
   */
  public void backward(float[] values, float[] gradient, int rows) {
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      float sum = 0;
      for (int j = from; j < from + width; j++) {
        sum += gradient[j] * values[j];
      }
      for (int j = from; j < from + width; j++) {
        gradient[j] = values[j] * (gradient[j] - sum);
      }
    }
  }

  private void shift(float[] values, int from) {
    float largest = values[from];
    for (int j = from + 1; j < from + width; j++) {
      largest = Math.max(largest, values[j]);
    }
    for (int j = from; j < from + width; j++) {
      values[j] -= largest;
    }
  }

  private void normalize(float[] values, int from) {
    float sum = 0;
    for (int j = from; j < from + width; j++) {
      sum += values[j];
    }
    float factor = 1 / sum;
    for (int j = from; j < from + width; j++) {
      values[j] *= factor;
    }
  }
}
