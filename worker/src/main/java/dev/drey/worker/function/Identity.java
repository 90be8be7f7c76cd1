package dev.drey.worker.function;

/** The identity, y = x. */
final class Identity implements Elementwise {

  @Override
  public void forward(float[] values, int from, int to) {}

  @Override
  public void backward(float[] values, float[] gradient, int from, int to) {}
}
