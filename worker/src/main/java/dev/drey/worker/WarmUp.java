package dev.drey.worker;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.Window;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.worker.network.ExampleFeed;
import dev.drey.worker.network.Network;
import java.util.List;

/**
 * Computes small gradients in order to unpack the native libraries (to {@code
 * -Dorg.bytedeco.javacpp.cachedir}), load them, and initialise classes.
 */
public final class WarmUp {

  private WarmUp() {}

  /** Warms up for all networks and prints the time taken; fails if a loss is wrong. */
  public static void main(String[] args) {
    long start = System.nanoTime();
    run();
    runImages();
    System.out.println("worker warm after " + (System.nanoTime() - start) / 1_000_000 + " ms");
  }

  /** Loads what every network needs. */
  static void run() {
    gradient(
        List.of(1),
        new Dense(2, Activation.RELU, Initializer.ZEROS),
        new Dense(2, Activation.TANH, Initializer.ZEROS));
  }

  /** Loads oneDNN, which only networks over images need. */
  private static void runImages() {
    Window window = new Window(Extent.ONE, Extent.ONE, Padding.valid());
    gradient(
        List.of(1, 1, 1),
        new Conv2d(2, window, Activation.RELU, Initializer.ZEROS),
        new MaxPooling2d(window),
        new Flatten());
  }

  /** With zero weights and two classes, the cross-entropy of one example must be log 2. */
  private static void gradient(List<Integer> input, LayerSpec... layers) {
    NetworkSpec spec = new NetworkSpec(input, List.of(layers), new Loss.SoftmaxCrossEntropy());
    try (Network network = Network.compile(spec)) {
      double loss = network.gradient(new OneExample(), 0).lossSum();
      if (Math.abs(loss - Math.log(2)) > 1e-6) {
        throw new IllegalStateException("warm-up: the loss is " + loss + ", must be log 2");
      }
    }
  }

  private static final class OneExample implements ExampleFeed {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public void features(int from, int count, float[] target) {
      target[0] = 1;
    }

    @Override
    public void labels(int from, int count, float[] target) {
      target[0] = 0;
    }
  }
}
