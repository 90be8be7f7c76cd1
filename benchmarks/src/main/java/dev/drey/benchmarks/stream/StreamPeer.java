package dev.drey.benchmarks.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.ChildProcess;
import dev.drey.benchmarks.measure.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The same training in a plain PyTorch loop over a file: benchmarks/src/main/python/stream.py. */
final class StreamPeer {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Torch torch;

  StreamPeer(Torch torch) {
    this.torch = torch;
  }

  /** Trains on all records of a file, as many a step as all workers take. */
  Throughput run(StreamSite site, Path file) throws IOException, InterruptedException {
    ObjectNode task = MAPPER.createObjectNode();
    task.put("file", file.toString());
    task.put("features", StreamSite.FEATURES);
    task.put("units", StreamSite.UNITS);
    task.put("classes", StreamSite.CLASSES);
    task.put("batch", StreamSite.WORKERS * site.miniBatch());
    task.put("rate", StreamSite.LEARNING_RATE);
    task.put("threads", StreamSite.WORKERS);
    AtomicReference<String> last = new AtomicReference<>("");
    try (ChildProcess child =
        new ChildProcess(torch.command("stream.py"), torch.home(), last::set)) {
      child.write(task.toString());
      child.await(LIMIT);
    } catch (IOException e) {
      throw new IOException("PyTorch: " + e.getMessage(), e);
    }
    JsonNode result = MAPPER.readTree(last.get());
    return new Throughput(
        result.required("examples").asLong(), result.required("seconds").asDouble());
  }
}
