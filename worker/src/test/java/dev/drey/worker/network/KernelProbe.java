package dev.drey.worker.network;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.Window;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints the SHA-256 of gradients of 784-512-256-10 networks with every activation, and of a
 * network over images: batches that take different kernels (a vector, a small and a large matrix).
 */
final class KernelProbe {

  static final String RESULT = "gradients ";

  private static final int[] BATCHES = {1, 7, 128};

  private KernelProbe() {}

  public static void main(String[] args) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Activation hidden : Activation.values()) {
      digest(mlp(hidden), digest);
    }
    digest(images(), digest);
    System.out.println(RESULT + HexFormat.of().formatHex(digest.digest()));
  }

  private static void digest(NetworkSpec spec, MessageDigest digest) {
    for (int batch : BATCHES) {
      try (Network network = Network.compile(spec)) {
        network
            .parameters()
            .asFloatBuffer()
            .put(random(1, network.spec().parameterCount(), -0.05, 0.05));
        float[] labels = new float[batch];
        network.gradient(new ArrayFeed(batch, random(2, batch * 784, 0, 1), labels), 0);
        digest.update(network.gradientBytes());
      }
    }
  }

  private static NetworkSpec images() {
    Window five = new Window(Extent.square(5), Extent.ONE, Padding.valid());
    Window two = new Window(Extent.square(2), Extent.square(2), Padding.valid());
    return new NetworkSpec(
        List.of(1, 28, 28),
        List.of(
            new Conv2d(20, five, Activation.RELU, Initializer.ZEROS),
            new MaxPooling2d(two),
            new BatchNormalization(0.9f, 1e-3f),
            new Conv2d(50, five, Activation.TANH, Initializer.ZEROS),
            new LocalResponseNormalization(5, 1, 0.75f, 1),
            new AveragePooling2d(two),
            new Flatten(),
            new Dense(10, Activation.LINEAR, Initializer.ZEROS)),
        new Loss.SoftmaxCrossEntropy());
  }

  private static NetworkSpec mlp(Activation hidden) {
    return new NetworkSpec(
        List.of(784),
        List.of(
            new Dense(512, hidden, Initializer.ZEROS),
            new Dense(256, hidden, Initializer.ZEROS),
            new Dense(10, Activation.LINEAR, Initializer.ZEROS)),
        new Loss.SoftmaxCrossEntropy());
  }

  private static float[] random(long seed, int length, double from, double to) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }
}
