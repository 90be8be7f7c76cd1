package dev.drey.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.Median;
import dev.drey.job.metric.MetricSample;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainPlanTest {

  private static final Path EXAMPLE = Path.of("../examples/fashion-mlp.yaml");

  @Test
  void trainsTheSpecificationWithTwoWorkersOf128() throws Exception {
    TrainPlan plan = TrainPlan.read(EXAMPLE, 5, "in-process");

    assertThat(plan.overrides())
        .containsEntry("workers.runtime", "in-process")
        .containsEntry("training.epochs", "5");
    assertThat(plan.specification().workers().count()).isEqualTo(2);
    assertThat(plan.stepsPerEpoch()).isEqualTo(32); // 8,000 rows, 256 a step
    assertThat(plan.warmUpEpochs()).isEqualTo(3);
    assertThat(plan.shape()).isEqualTo(new StepAccount.Shape(2, 4, 32));
  }

  @Test
  void peerIsToldTheSameTask() throws Exception {
    ObjectNode task = TorchPeer.task(TrainPlan.read(EXAMPLE, 5, null));

    assertThat(task.path("trainRows")).hasSize(8000);
    assertThat(task.path("testRows")).hasSize(2000);
    assertThat(task.path("network").path("layers").toString())
        .startsWith("[{\"dense\":{\"units\":512,\"activation\":\"relu\"");
    assertThat(task.path("optimizer").path("adam").path("beta1").asDouble()).isEqualTo(0.9f);
    assertThat(task.path("normalization").path("deviation").path(0).asInt()).isEqualTo(255);
    assertThat(task.path("training").path("features").asText()).endsWith("images-idx3-ubyte.gz");
  }

  @Test
  void aRegressionIsNotForThePeer(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("data.csv");
    Files.writeString(file, "x,y\n1,2\n2,4\n3,6\n4,8\n");
    Path spec = directory.resolve("line.yaml");
    Files.write(
        spec,
        List.of(
            "network: {layers: [{dense: {units: 1}}], loss: mean-squared-error}",
            "data: {format: csv, file: data.csv, feature-columns: [x], label-columns: [y]}"));
    TrainPlan plan = TrainPlan.read(spec, 2, null);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TorchPeer.task(plan))
        .withMessageContaining("the peer has softmax-cross-entropy only");
  }

  @Test
  void aWrongRuntimeIsRefused() {
    assertThatExceptionOfType(SpecificationException.class)
        .isThrownBy(() -> TrainPlan.read(EXAMPLE, 2, "cloud"))
        .withMessageContaining("workers.runtime");
  }

  @Test
  void peersResultIsASpeed() throws IOException {
    Speed speed =
        TorchPeer.speed(
            "{\"steps\": 32, \"examples\": 8000, \"seconds\": 2.0, \"trainingSeconds\": 1.6}");

    assertThat(speed).isEqualTo(new Speed(32, 8000, 2.0, 5000));
  }

  @Test
  void runIsTakenFromItsCurveAndItsSamples() throws Exception {
    TrainPlan plan = TrainPlan.read(EXAMPLE, 2, null);
    int steps = 64;
    Curve curve = new Curve(new long[steps], new double[steps]);
    for (int i = 0; i < steps; i++) {
      curve.examples()[i] = 250L * (i + 1);
      curve.seconds()[i] = 0.01 * (i + 1);
    }
    List<MetricSample> samples = List.of(sample(10), sample(40), sample(60), sample(900));

    CommandRun run = CommandRun.read(plan, curve, samples);

    assertThat(run.speed().steps()).isEqualTo(32);
    assertThat(run.account().orElseThrow().total())
        .isCloseTo(10, org.assertj.core.api.Assertions.within(1e-6));
  }

  private static MetricSample sample(long step) {
    return new MetricSample(
        Map.of(MetricSample.STEP, (double) step, MetricSample.INVOCATIONS, 2.0 * step), Map.of());
  }

  @Test
  void medianOfTwoIsTheirMean() {
    assertThat(Median.of(new double[] {3, 1})).isEqualTo(2);
    assertThat(Median.of(new double[] {5, 1, 3})).isEqualTo(3);
  }
}
