package dev.drey.operators.loop;

import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.records.TestingEncoder;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Computes a pure function of examples and weights. Its count of right answers is the sum of a
 * number per record, which tells which records are in it.
 */
final class StreamWorker implements GradientWorker {

  private final String id;

  StreamWorker(String id) {
    this.id = id;
  }

  /** The number that stands for a record: of 32 bits. */
  static long number(int partition, long offset) {
    return new SplittableRandom(offset * 31 + partition).nextLong() >>> 32;
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    PureWorker.Orders orders = PureWorker.orders(id);
    orders.furthest.accumulateAndGet(request.id().step(), Math::max);
    if (orders.silent.contains("all")) {
      return new CompletableFuture<>();
    }
    float[] features = values(((Examples.Values) request.examples()).features());
    if (request.id().kind() == Work.Kind.GRADIENT) {
      for (int at = 0; at < features.length; at += TestingEncoder.FEATURES) {
        if (orders.poison.contains((int) features[at + 1])) {
          return CompletableFuture.failedFuture(
              new WorkerException(
                  WorkerException.Kind.BAD_DATA, "a poisoned record", new Bill(1, false), null));
        }
      }
    }
    int millis = ThreadLocalRandom.current().nextInt(orders.mostMillis + 1);
    return CompletableFuture.supplyAsync(
        () -> result(request, features),
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  private WorkResult result(WorkRequest request, float[] features) {
    float[] labels = values(((Examples.Values) request.examples()).labels());
    int count = request.examples().count();
    boolean training = request.id().kind() == Work.Kind.GRADIENT;
    long numbers = 0;
    double losses = 0;
    for (int i = 0; i < count; i++) {
      int at = i * TestingEncoder.FEATURES;
      numbers += number((int) features[at], (long) features[at + 1]);
      losses += features[at + 1] < PureWorker.orders(id).driftAt ? 1 : 3;
    }
    return new WorkResult(
        new WorkAnswer.Done(
            request.id(), request.weights().version(), count, losses, numbers, null, 1, 1),
        training ? gradient(features, labels, count, weights(id, request.weights())) : new float[0],
        new Bill(1, false));
  }

  private static float[] gradient(float[] features, float[] labels, int count, float[] weights) {
    float[] gradient = new float[weights.length];
    for (int i = 0; i < count; i++) {
      int at = i * TestingEncoder.FEATURES;
      for (int j = 0; j < gradient.length; j++) {
        float scale = labels[i * TestingEncoder.LABELS + j % TestingEncoder.LABELS];
        // Not offsets themselves: they would drown what the last bits tell.
        float learnt = features[at + 2] % 17;
        gradient[j] += (features[at + 3 + j % 3] + 0.1f * learnt) * scale + 0.01f * weights[j];
      }
    }
    return gradient;
  }

  static float[] values(Examples.FloatMatrix matrix) {
    try {
      return Floats.fromBytes(matrix.bytes().verified());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A version of the store of a test. */
  static float[] weights(String id, Weights weights) {
    TestingWeightStore store = TestingWeightStore.of(id);
    float[] vector = new float[TestingRun.PARAMETERS];
    for (Weights.Part part : weights.parts()) {
      Range range = part.range();
      System.arraycopy(store.floats(part.blob()), 0, vector, range.from(), range.length());
    }
    return vector;
  }

  @Override
  public void close() {}
}
