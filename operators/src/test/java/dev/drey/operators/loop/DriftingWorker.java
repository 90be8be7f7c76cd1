package dev.drey.operators.loop;

import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.operators.records.TestingEncoder;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.DoubleStream;

/**
 * Regresses a number on 13 others, all made up from a record's offset: their sum by weights of
 * length 1, and noise of deviation 0.1. From an offset on the weights have the other sign.
 */
final class DriftingWorker implements GradientWorker {

  private static final int INPUTS = TestingRun.PARAMETERS - 1;
  private static final double NOISE = 0.1;

  /** What records lost when they were computed first, by the test's id and their offset. */
  private static final Map<String, NavigableMap<Long, Double>> LOSSES = new ConcurrentHashMap<>();

  private final String id;
  private final long turn;

  DriftingWorker(String id, long turn) {
    this.id = id;
    this.turn = turn;
  }

  static void forget(String id) {
    LOSSES.remove(id);
  }

  /** Of the records of some offsets, in order, each the first time that it was computed. */
  static DoubleStream losses(String id, long from, long to) {
    return LOSSES.get(id).subMap(from, to).values().stream().mapToDouble(loss -> loss);
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    float[] weights = StreamWorker.weights(id, request.weights());
    float[] features = StreamWorker.values(((Examples.Values) request.examples()).features());
    NavigableMap<Long, Double> known =
        LOSSES.computeIfAbsent(id, i -> new ConcurrentSkipListMap<>());
    int count = request.examples().count();
    float[] gradient = new float[weights.length];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      long offset = (long) features[i * TestingEncoder.FEATURES + 1];
      double[] example = example(offset);
      double error = weights[INPUTS] - example[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        error += weights[j] * example[j];
      }
      for (int j = 0; j < INPUTS; j++) {
        gradient[j] += (float) (error * example[j]);
      }
      gradient[INPUTS] += (float) error;
      double loss = error * error / 2;
      known.putIfAbsent(offset, loss);
      sum += loss;
    }
    return CompletableFuture.completedFuture(
        new WorkResult(
            new WorkAnswer.Done(
                request.id(), request.weights().version(), count, sum, 0, null, 1, 1),
            gradient,
            new Bill(1, false)));
  }

  /** The inputs, of variance 1, then what is to be told. */
  private double[] example(long offset) {
    SplittableRandom random = new SplittableRandom(offset);
    double[] example = new double[INPUTS + 1];
    double told = 0;
    for (int j = 0; j < INPUTS; j++) {
      example[j] = random.nextDouble(-Math.sqrt(3), Math.sqrt(3));
      told += example[j] * (j % 2 == 0 ? 1 : -1) / Math.sqrt(INPUTS);
    }
    double noise = NOISE * random.nextDouble(-Math.sqrt(3), Math.sqrt(3));
    example[INPUTS] = (offset < turn ? told : -told) + noise;
    return example;
  }

  @Override
  public void close() {}
}
