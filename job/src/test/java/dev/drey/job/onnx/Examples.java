package dev.drey.job.onnx;

import dev.drey.worker.network.ExampleFeed;

/**
 * Examples without labels.
 *
 * @param count how many
 * @param features [count, width]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Examples(int count, float[] features) implements ExampleFeed {

  @Override
  public void features(int from, int count, float[] target) {
    int width = features.length / count();
    System.arraycopy(features, from * width, target, 0, count * width);
  }

  @Override
  public void labels(int from, int count, float[] target) {
    throw new UnsupportedOperationException("a prediction needs none");
  }
}
