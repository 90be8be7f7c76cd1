package dev.drey.benchmarks.gradient;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * What both sides compute: a network with its parameters, and a mini-batch. The arrays lie in files
 * of little-endian floats, since the sides are two processes.
 */
final class GradientTask {

  private static final long SEED = 20;

  private final NetworkSpec network;
  private final int batch;
  private final Path parameters;
  private final Path features;
  private final Path labels;

  private GradientTask(NetworkSpec network, int batch, Path directory) {
    this.network = network;
    this.batch = batch;
    parameters = directory.resolve("parameters.f32");
    features = directory.resolve("features.f32");
    labels = directory.resolve("labels.f32");
  }

  /**
   * Writes random parameters and examples to the directory, in place of those of the last task.
   *
   * @param network of classes
   * @param batch examples
   */
  static GradientTask write(NetworkSpec network, int batch, Path directory) throws IOException {
    GradientTask task = new GradientTask(network, batch, directory);
    SplittableRandom random = new SplittableRandom(SEED);
    OptionalInt vocabulary = network.vocabulary();
    float[] features = new float[Math.multiplyExact(batch, network.inputWidth())];
    for (int i = 0; i < features.length; i++) {
      features[i] =
          vocabulary.isPresent()
              ? random.nextInt(vocabulary.getAsInt())
              : 2 * random.nextFloat() - 1;
    }
    float[] labels = new float[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = random.nextInt(network.outputWidth());
    }
    write(task.parameters, network.initialParameters(SEED));
    write(task.features, features);
    write(task.labels, labels);
    return task;
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  /** As the sides read it. */
  ObjectNode json() {
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode json = mapper.createObjectNode();
    json.set("network", mapper.valueToTree(network));
    json.put("batch", batch);
    json.put("parameters", parameters.toString());
    json.put("features", features.toString());
    json.put("labels", labels.toString());
    return json;
  }

  int batch() {
    return batch;
  }
}
