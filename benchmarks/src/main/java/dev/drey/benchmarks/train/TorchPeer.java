package dev.drey.benchmarks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.ChildProcess;
import dev.drey.benchmarks.measure.Torch;
import dev.drey.core.data.DataSource;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The same training in PyTorch: benchmarks/src/main/python/ddp.py. */
final class TorchPeer {

  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Torch torch;

  TorchPeer(Torch torch) {
    this.torch = torch;
  }

  /** Trains; returns how fast. */
  Speed run(TrainPlan plan) throws IOException, InterruptedException {
    AtomicReference<String> last = new AtomicReference<>("");
    try (ChildProcess child = new ChildProcess(torch.command("ddp.py"), torch.home(), last::set)) {
      child.write(task(plan).toString());
      child.await(LIMIT);
    } catch (IOException e) {
      throw new IOException("PyTorch: " + e.getMessage(), e);
    }
    return speed(last.get());
  }

  static Speed speed(String line) throws IOException {
    JsonNode result = MAPPER.readTree(line);
    long examples = result.path("examples").asLong();
    return new Speed(
        result.path("steps").asLong(),
        examples,
        result.path("seconds").asDouble(),
        examples / result.path("trainingSeconds").asDouble());
  }

  /**
   * The script's input.
   *
   * @throws IOException if it is something that the peer does not do
   */
  static ObjectNode task(TrainPlan plan) throws IOException {
    NetworkSpec network = plan.data().network();
    if (!network.loss().equals(new Loss.SoftmaxCrossEntropy())) {
      throw new IOException(
          "network.loss is " + network.loss() + ", the peer has softmax-cross-entropy only");
    }
    if (plan.specification().training().l2() != 0) {
      throw new IOException(
          "training.l2 is " + plan.specification().training().l2() + ", the peer has none");
    }
    ObjectNode task = MAPPER.createObjectNode();
    task.put("processes", TrainPlan.WORKERS).put("miniBatch", TrainPlan.MINI_BATCH);
    task.put("epochs", plan.epochs()).put("warmUpEpochs", plan.warmUpEpochs());
    task.put("seed", plan.specification().training().seed());
    task.put("rate", plan.specification().training().learningRate().rate());
    task.set("training", files(plan.data().training()));
    task.set("test", files(plan.data().test()));
    task.set("normalization", MAPPER.valueToTree(plan.data().normalization()));
    task.set("trainRows", MAPPER.valueToTree(plan.data().split().train()));
    task.set("testRows", MAPPER.valueToTree(plan.data().split().test()));
    task.set("network", MAPPER.valueToTree(network));
    var optimizer = plan.specification().training().optimizer();
    task.putObject("optimizer").set(optimizer.name(), MAPPER.valueToTree(optimizer));
    return task;
  }

  private static ObjectNode files(DataSource source) throws IOException {
    if (!(source instanceof DataSource.Idx idx)) {
      throw new IOException("the peer reads IDX files only");
    }
    return MAPPER
        .createObjectNode()
        .put("features", Path.of(idx.features().uri()).toString())
        .put("labels", Path.of(idx.labels().uri()).toString());
  }
}
