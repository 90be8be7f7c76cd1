package dev.drey.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.data.DataSource;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The same training in PyTorch: benchmarks/src/main/python/ddp.py. */
final class TorchPeer {

  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final String SCRIPT = "benchmarks/src/main/python/ddp.py";
  private static final Duration CHECK_LIMIT = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path home;

  /**
   * @param home where Drey is
   */
  TorchPeer(Path home) {
    this.home = home;
  }

  /**
   * Finds out whether PyTorch is there.
   *
   * @throws IOException if it is not
   */
  void check() throws IOException, InterruptedException {
    if (Files.isExecutable(PYTHON)) {
      List<String> command = List.of(PYTHON.toString(), "-c", "import numpy, torch.distributed");
      try (ChildProcess child = new ChildProcess(command, home, line -> {})) {
        child.await(CHECK_LIMIT);
        return;
      } catch (IOException e) {
        throw missing(e);
      }
    }
    throw missing(null);
  }

  private IOException missing(@org.jspecify.annotations.Nullable IOException cause) {
    return new IOException(
        PYTHON
            + " has no PyTorch to compare with; run "
            + home.resolve("benchmarks/install-peers.sh"),
        cause);
  }

  /** Trains, and tells how fast. */
  Speed run(TrainPlan plan) throws IOException, InterruptedException {
    AtomicReference<String> last = new AtomicReference<>("");
    List<String> command = List.of(PYTHON.toString(), home.resolve(SCRIPT).toString());
    try (ChildProcess child = new ChildProcess(command, home, last::set)) {
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
   * What the script is told.
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
    task.set("layers", MAPPER.valueToTree(network).path("layers"));
    task.set("optimizer", MAPPER.valueToTree(plan.specification().training().optimizer()));
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
