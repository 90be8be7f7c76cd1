package dev.drey.benchmarks.measure;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.GlobalAveragePooling;
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
import java.util.ArrayList;
import java.util.List;

/** The networks that are measured, each with ten classes. */
public enum ReferenceNetwork {
  /** Logistic regression on 28x28 images: 7,850 parameters. */
  LOGISTIC,
  /** 784-512-256-10: 535,818 parameters. */
  MLP,
  /** LeCun et al. (1998) as Caffe has it: 431,080 parameters. */
  LENET,
  /** For CIFAR-10, case B of Feng et al. (2018): 1,756,426 parameters. */
  CIFAR,
  /** Rows of 28x28 images, one after the other, and 128 units: 81,674 parameters. */
  LSTM,
  /** Two pre-norm blocks of 64 features over 32 of 1,000 words: 166,666 parameters. */
  TRANSFORMER;

  private static final int CLASSES = 10;

  /** The network, with the softmax cross-entropy as its loss. */
  public NetworkSpec spec() {
    return switch (this) {
      case LOGISTIC -> network(List.of(784));
      case MLP -> network(List.of(784), dense(512), dense(256));
      case LENET ->
          network(
              List.of(1, 28, 28),
              convolution(20, Padding.valid(), Activation.LINEAR),
              pooling(2, Padding.valid()),
              convolution(50, Padding.valid(), Activation.LINEAR),
              pooling(2, Padding.valid()),
              new Flatten(),
              dense(500));
      case CIFAR ->
          network(
              List.of(3, 32, 32),
              convolution(64, new Padding.Same(), Activation.RELU),
              pooling(3, new Padding.Same()),
              normalization(),
              convolution(64, new Padding.Same(), Activation.RELU),
              normalization(),
              pooling(3, new Padding.Same()),
              new Flatten(),
              dense(384),
              dense(192));
      case LSTM -> network(List.of(28, 28), new Lstm(128, false, Initializer.GLOROT_UNIFORM));
      case TRANSFORMER -> network(List.of(32), transformer(2).toArray(LayerSpec[]::new));
    };
  }

  private static NetworkSpec network(List<Integer> input, LayerSpec... hidden) {
    List<LayerSpec> layers = new ArrayList<>(List.of(hidden));
    layers.add(new Dense(CLASSES, Activation.LINEAR, Initializer.GLOROT_UNIFORM));
    return new NetworkSpec(input, layers, new Loss.SoftmaxCrossEntropy());
  }

  private static LayerSpec dense(int units) {
    return new Dense(units, Activation.RELU, Initializer.GLOROT_UNIFORM);
  }

  private static LayerSpec convolution(int filters, Padding padding, Activation activation) {
    return new Conv2d(
        filters,
        new Window(Extent.square(5), Extent.ONE, padding),
        activation,
        Initializer.GLOROT_UNIFORM);
  }

  private static LayerSpec pooling(int side, Padding padding) {
    return new MaxPooling2d(new Window(Extent.square(side), Extent.square(2), padding));
  }

  /** As TensorFlow's tutorial has it: radius 4, alpha 0.001 / 9 per value. */
  private static LayerSpec normalization() {
    return new LocalResponseNormalization(9, 0.001f, 0.75f, 1);
  }

  private static List<LayerSpec> transformer(int blocks) {
    int features = 64;
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(new Embedding(1000, features, Initializer.NORMAL));
    layers.add(new Named("start", null, new PositionalEmbedding(Initializer.NORMAL)));
    String before = "start";
    for (int i = 1; i <= blocks; i++) {
      layers.add(new LayerNormalization(1e-5f));
      layers.add(new MultiHeadAttention(4, false, Initializer.GLOROT_UNIFORM));
      layers.add(new Named("attended-" + i, null, new Add(before)));
      layers.add(new LayerNormalization(1e-5f));
      layers.add(new Dense(4 * features, Activation.GELU, Initializer.GLOROT_UNIFORM));
      layers.add(new Dense(features, Activation.LINEAR, Initializer.GLOROT_UNIFORM));
      layers.add(new Named("block-" + i, null, new Add("attended-" + i)));
      before = "block-" + i;
    }
    layers.add(new GlobalAveragePooling());
    return layers;
  }
}
