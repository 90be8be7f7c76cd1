package dev.drey.worker.network;

/** Examples out of arrays, [count, width] and [count, labelWidth]. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ArrayFeed(int count, float[] features, float[] labels) implements ExampleFeed {

  @Override
  public void features(int from, int count, float[] target) {
    copy(features, from, count, target);
  }

  @Override
  public void labels(int from, int count, float[] target) {
    copy(labels, from, count, target);
  }

  private void copy(float[] values, int from, int count, float[] target) {
    int width = values.length / count();
    System.arraycopy(values, from * width, target, 0, count * width);
  }
}
