package dev.drey.worker.network;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Dropout;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.PositionalEmbedding;
import dev.drey.core.layer.Window;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Computes 5,000 gradients of one of the {@link #NETWORKS}, which is named in the system property
 * {@code network}, and prints by how many kilobytes the process grew after the first 1,000.
 */
final class MemoryProbe {

  static final String RESULT = "grew by kB: ";

  private static final int STEPS = 5_000;
  private static final int WARM = 1_000;
  private static final int EXAMPLES = 16;
  private static final Initializer GLOROT = Initializer.GLOROT_UNIFORM;
  private static final Extent TWO = Extent.square(2);
  private static final Loss CROSS_ENTROPY = new Loss.SoftmaxCrossEntropy();

  /** Every kind of layer in one of them. */
  static final Map<String, NetworkSpec> NETWORKS =
      Map.of(
          "features",
          new NetworkSpec(
              List.of(4, 8),
              List.of(
                  new Flatten(),
                  new Named("a", null, new Dense(64, Activation.GELU, GLOROT)),
                  new Dropout(0.2f),
                  new Dense(64, Activation.TANH, GLOROT),
                  new Add("a"),
                  new ActivationLayer(Activation.SIGMOID),
                  new Dense(10, Activation.LINEAR, GLOROT)),
              CROSS_ENTROPY),
          "images",
          new NetworkSpec(
              List.of(2, 8, 8),
              List.of(
                  conv(4),
                  new LocalResponseNormalization(3, 1e-2f, 0.75f, 1),
                  new MaxPooling2d(new Window(TWO, TWO, Padding.valid())),
                  new Named("a", null, conv(4)),
                  new BatchNormalization(0.9f, 1e-3f),
                  new Add("a"),
                  new AveragePooling2d(new Window(TWO, TWO, Padding.valid())),
                  new GlobalAveragePooling(),
                  new Dense(10, Activation.LINEAR, GLOROT)),
              CROSS_ENTROPY),
          "sequences",
          new NetworkSpec(
              List.of(7),
              List.of(
                  new Embedding(20, 8, GLOROT),
                  new PositionalEmbedding(GLOROT),
                  new Named("a", null, new LayerNormalization(1e-5f)),
                  new MultiHeadAttention(2, true, GLOROT),
                  new Add("a"),
                  new Lstm(8, true, GLOROT),
                  new Gru(8, true, GLOROT),
                  new GlobalAveragePooling(),
                  new Dense(3, Activation.LINEAR, GLOROT)),
              CROSS_ENTROPY));

  private MemoryProbe() {}

  public static void main(String[] args) throws IOException {
    NetworkSpec spec = NETWORKS.get(System.getProperty("network"));
    float[] features = new float[EXAMPLES * spec.inputWidth()];
    for (int i = 0; i < features.length; i++) {
      features[i] = i % 7;
    }
    ExampleFeed feed = new ArrayFeed(EXAMPLES, features, new float[EXAMPLES * spec.labelWidth()]);
    long warm = 0;
    try (Network network = Network.compile(spec)) {
      network.parameters().asFloatBuffer().put(spec.initialParameters(1));
      for (int step = 0; step < STEPS; step++) {
        network.gradient(feed, step);
        warm = step == WARM ? residentKilobytes() : warm;
      }
    }
    System.out.println(RESULT + (residentKilobytes() - warm));
  }

  private static LayerSpec conv(int filters) {
    Window window = new Window(Extent.square(3), Extent.ONE, new Padding.Same());
    return new Conv2d(filters, window, Activation.RELU, GLOROT);
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
