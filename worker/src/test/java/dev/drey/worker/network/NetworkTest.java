package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Lstm;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.worker.loss.BatchScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {

  private final SplittableRandom random = new SplittableRandom(42);

  @Test
  void gradientOfOneWeightIsAsByHand() {
    // y = w x + b with w = 2, b = 1, x = 3: y = 7; target 5: L = (7 - 5)^2 / 2 = 2,
    // dL/dw = (7 - 5) x = 6, dL/db = 2.
    NetworkSpec spec = spec(List.of(1), new Loss.HalfSquaredError(), dense(1, Activation.LINEAR));
    try (Network network = Network.compile(spec)) {
      set(network, 2, 1);

      BatchScore score = network.gradient(new ArrayFeed(1, new float[] {3}, new float[] {5}), 0);

      assertThat(score).isEqualTo(new BatchScore(2, 0, 2));
      assertThat(Vectors.gradient(network)).containsExactly(6, 2);
    }
  }

  @Test
  void gradientOfManyChunksIsTheSumOverTheExamples() {
    NetworkSpec spec =
        spec(
            List.of(6),
            new Loss.SoftmaxCrossEntropy(),
            dense(5, Activation.RELU),
            dense(3, Activation.LINEAR));
    int count = 2500; // 1024 + 1024 + 452
    ArrayFeed all = feed(spec, count);
    try (Network network = Network.compile(spec)) {
      set(network, values(spec.parameterCount()));
      BatchScore whole = network.gradient(all, 0);
      float[] wholeGradient = Vectors.gradient(network);
      double[] sum = new double[spec.parameterCount()];
      BatchScore parts = BatchScore.NONE;
      for (int i = 0; i < count; i += 250) {
        parts = parts.plus(network.gradient(part(all, i, 250), 0));
        float[] part = Vectors.gradient(network);
        for (int j = 0; j < sum.length; j++) {
          sum[j] += part[j];
        }
      }

      assertThat(whole.correct()).isEqualTo(parts.correct());
      assertThat(whole.lossSum()).isCloseTo(parts.lossSum(), within(1e-6 * whole.lossSum()));
      assertThat(Vectors.relativeError(wholeGradient, sum)).isLessThan(1e-5);
    }
  }

  @Test
  void imagesAreTakenAsTheyAreWhereTheFirstLayerFlattensNothing() {
    NetworkSpec spec = spec(List.of(4), new Loss.MeanSquaredError(), dense(2, Activation.LINEAR));
    try (Network network = Network.compile(spec)) {
      set(network, 1, 2, 3, 4, 5, 6, 7, 8, 0.5f, -0.5f);
      float[] outputs = new float[4];

      network.predict(
          new ArrayFeed(2, new float[] {1, 0, 0, 0, 0, 0, 0, 1}, new float[0]), outputs);

      assertThat(outputs).containsExactly(1.5f, 1.5f, 7.5f, 7.5f);
    }
  }

  @Test
  void evaluationCountsWhatIsClassifiedRightly() {
    NetworkSpec spec =
        spec(List.of(1), new Loss.SoftmaxCrossEntropy(), dense(2, Activation.LINEAR));
    try (Network network = Network.compile(spec)) {
      set(network, -1, 1, 0, 0); // class 1 for x > 0

      BatchScore score =
          network.evaluate(new ArrayFeed(4, new float[] {1, 2, -1, -2}, new float[] {1, 0, 0, 1}));

      assertThat(score.correct()).isEqualTo(2);
      // log(1 + exp(-m)) for the margins m = 2, -4, 2, -4
      assertThat(score.lossSum())
          .isCloseTo(2 * Math.log1p(Math.exp(-2)) + 2 * Math.log1p(Math.exp(4)), within(1e-6));
    }
  }

  @Test
  void softmaxStandsHugeOutputs() {
    NetworkSpec spec =
        spec(List.of(1), new Loss.SoftmaxCrossEntropy(), dense(3, Activation.LINEAR));
    try (Network network = Network.compile(spec)) {
      set(network, 1e30f, -1e30f, 0, 0, 0, 0);

      BatchScore score = network.gradient(new ArrayFeed(1, new float[] {1}, new float[] {0}), 0);

      assertThat(score).isEqualTo(new BatchScore(0, 1, 0));
      assertThat(network.gradientNotFinite()).isEmpty();
    }
  }

  @Test
  void noExamplesHaveGradientZero() {
    NetworkSpec spec = spec(List.of(2), new Loss.MeanSquaredError(), dense(2, Activation.LINEAR));
    try (Network network = Network.compile(spec)) {
      set(network, values(6));
      network.gradient(feed(spec, 3), 0);

      assertThat(network.gradient(new ArrayFeed(0, new float[0], new float[0]), 0))
          .isEqualTo(BatchScore.NONE);
      assertThat(Vectors.gradient(network)).containsOnly(0);
    }
  }

  @Test
  void nothingRemainsOfGradientsThatWereNotFinite() {
    NetworkSpec spec =
        spec(
            List.of(2),
            new Loss.MeanSquaredError(),
            dense(3, Activation.RELU),
            dense(2, Activation.LINEAR));
    ExampleFeed feed = feed(spec, 3);
    try (Network network = Network.compile(spec);
        Network fresh = Network.compile(spec)) {
      float[] parameters = values(spec.parameterCount());
      set(fresh, parameters);
      fresh.gradient(feed, 0);
      set(network, parameters);
      network.gradient(
          new ArrayFeed(
              3, new float[] {1, 1, Float.NaN, 1, 1, Float.POSITIVE_INFINITY}, new float[6]),
          0);
      Optional<String> tensor = network.gradientNotFinite();
      network.gradient(feed, 0);

      assertThat(tensor).contains("1.kernel");
      assertThat(Vectors.gradient(network)).containsExactly(Vectors.gradient(fresh));
    }
  }

  @Test
  void aFiniteGradientWhoseSquaresOverflowIsFinite() {
    NetworkSpec spec = spec(List.of(1), new Loss.HalfSquaredError(), dense(1, Activation.LINEAR));
    try (Network network = Network.compile(spec)) {
      set(network, 0, 0);
      network.gradient(new ArrayFeed(1, new float[] {1}, new float[] {1e30f}), 0);

      assertThat(Vectors.gradient(network)).containsExactly(-1e30f, -1e30f);
      assertThat(network.gradientNotFinite()).isEmpty();
    }
  }

  /** Layers that read the input by its address alone must not be what keeps it. */
  @Test
  void theArraysOutliveTheGarbageCollector() {
    NetworkSpec spec =
        spec(List.of(50, 40), new Loss.MeanSquaredError(), new Lstm(3, false, Initializer.ZEROS));
    ArrayFeed feed = feed(spec, 20);
    List<INDArray> others = new ArrayList<>();
    try (Network network = Network.compile(spec)) {
      set(network, values(spec.parameterCount()));
      network.gradient(feed, 0);
      float[] before = Vectors.gradient(network);
      for (int i = 0; i < 8; i++) {
        System.gc(); // ND4J then frees in a thread of its own
        for (int j = 0; j < 20; j++) { // takes the place of what was freed
          others.add(Nd4j.valueArrayOf(new long[] {20, 50, 40}, 1f, DataType.FLOAT));
        }
        network.gradient(feed, 0);

        assertThat(Vectors.gradient(network)).containsExactly(before);
      }
      assertThat(others)
          .allSatisfy(other -> assertThat(other.sumNumber().floatValue()).isEqualTo(40_000));
    }
  }

  private static LayerSpec dense(int units, Activation activation) {
    return new Dense(units, activation, Initializer.GLOROT_UNIFORM);
  }

  private static NetworkSpec spec(List<Integer> input, Loss loss, LayerSpec... layers) {
    return new NetworkSpec(input, List.of(layers), loss);
  }

  private static void set(Network network, float... parameters) {
    network.parameters().asFloatBuffer().put(parameters);
  }

  private float[] values(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private ArrayFeed feed(NetworkSpec spec, int count) {
    float[] labels = values(count * spec.labelWidth());
    if (spec.loss().classifies()) {
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(spec.outputWidth());
      }
    }
    return new ArrayFeed(count, values(count * spec.inputWidth()), labels);
  }

  private static ArrayFeed part(ArrayFeed all, int from, int count) {
    int width = all.features().length / all.count();
    float[] features = new float[count * width];
    float[] labels = new float[count];
    all.features(from, count, features);
    all.labels(from, count, labels);
    return new ArrayFeed(count, features, labels);
  }
}
