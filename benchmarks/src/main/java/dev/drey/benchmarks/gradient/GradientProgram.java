package dev.drey.benchmarks.gradient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.network.NetworkSpec;
import dev.drey.worker.loss.BatchScore;
import dev.drey.worker.network.ExampleFeed;
import dev.drey.worker.network.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Our side: the worker's own network, in a process with the worker's class path and flags. A step
 * is a gradient, and a copy of it out of the network's memory.
 */
public final class GradientProgram implements AutoCloseable {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private @Nullable Work work;

  /** Answers the lines of standard input until it ends. */
  public static void main(String[] args) throws IOException {
    try (GradientProgram program = new GradientProgram();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(program.answer(MAPPER.readTree(line)));
      }
    }
  }

  private ObjectNode answer(JsonNode request) throws IOException {
    if (request.has("prepare")) {
      close();
      work = Work.of(request.get("prepare"));
      return work.first();
    }
    if (work == null) {
      throw new IOException("steps before a task");
    }
    return work.steps(request.path("steps").asInt());
  }

  @Override
  public void close() {
    if (work != null) {
      work.network.close();
    }
  }

  /** A task that is ready. */
  private record Work(Network network, ExampleFeed feed, ByteBuffer gradient) {

    static Work of(JsonNode task) throws IOException {
      NetworkSpec spec = MAPPER.treeToValue(task.get("network"), NetworkSpec.class);
      Network network = Network.compile(spec);
      network.parameters().put(Files.readAllBytes(Path.of(task.path("parameters").asText())));
      ExampleFeed feed =
          new Arrays(
              task.path("batch").asInt(),
              floats(Path.of(task.path("features").asText())),
              floats(Path.of(task.path("labels").asText())));
      return new Work(
          network,
          feed,
          ByteBuffer.allocateDirect(network.gradientBytes().capacity())
              .order(ByteOrder.LITTLE_ENDIAN));
    }

    private static float[] floats(Path file) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    }

    private BatchScore step() {
      BatchScore score = network.gradient(feed, 0);
      gradient.put(0, network.gradientBytes(), 0, gradient.capacity());
      return score;
    }

    ObjectNode first() {
      double loss = step().lossSum() / feed.count();
      double squares = 0;
      for (int at = 0; at < gradient.capacity(); at += Float.BYTES) {
        double value = gradient.getFloat(at) / feed.count();
        squares += value * value;
      }
      return MAPPER
          .createObjectNode()
          .put("parameters", network.spec().parameterCount())
          .put("loss", loss)
          .put("gradientNorm", Math.sqrt(squares));
    }

    ObjectNode steps(int count) {
      ObjectNode answer = MAPPER.createObjectNode();
      ArrayNode millis = answer.putArray("millis");
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        BatchScore unused = step();
        millis.add((System.nanoTime() - start) / 1e6);
      }
      return answer;
    }
  }

  /** Examples in the heap. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Arrays(int count, float[] features, float[] labels) implements ExampleFeed {

    @Override
    public void features(int from, int examples, float[] target) {
      copy(features, from, examples, target);
    }

    @Override
    public void labels(int from, int examples, float[] target) {
      copy(labels, from, examples, target);
    }

    private void copy(float[] values, int from, int examples, float[] target) {
      int width = values.length / count;
      System.arraycopy(values, from * width, target, 0, examples * width);
    }
  }
}
