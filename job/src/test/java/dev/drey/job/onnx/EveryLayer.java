package dev.drey.job.onnx;

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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small networks with every kind of layer, at odd shapes. */
public final class EveryLayer {

  private static final Initializer START = Initializer.GLOROT_UNIFORM;
  private static final List<Integer> IMAGE = List.of(3, 7, 6);
  private static final List<Integer> SEQUENCE = List.of(5, 6);

  private EveryLayer() {}

  /**
   * A network to compare.
   *
   * @param name of what is tried
   */
  public record Trial(String name, NetworkSpec network) {

    /** Parameters that are all different, statistics among them; variances are above 0. */
    public float[] parameters() {
      float[] parameters = network.initialParameters(7);
      SplittableRandom random = new SplittableRandom(8);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] += (float) random.nextDouble(-0.2, 0.2);
      }
      network
          .tensors()
          .forEach(
              tensor -> {
                if (tensor.name().endsWith(".variance")) {
                  for (int i = tensor.range().from(); i < tensor.range().to(); i++) {
                    parameters[i] = (float) random.nextDouble(0.5, 2);
                  }
                }
              });
      return parameters;
    }

    /** Features, [count, input]. */
    public float[] features(int count) {
      SplittableRandom random = new SplittableRandom(9);
      float[] features = new float[count * network.inputWidth()];
      for (int i = 0; i < features.length; i++) {
        features[i] =
            network.vocabulary().isPresent()
                ? random.nextInt(network.vocabulary().getAsInt())
                : (float) random.nextDouble(-2, 2);
      }
      return features;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** All of them. */
  public static List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Activation function : Activation.values()) {
      trials.add(vectors("dense with " + function, dense(4, function)));
      trials.add(sequences("dense on a sequence with " + function, dense(3, function)));
      trials.add(vectors("activation " + function, new ActivationLayer(function), dense(2)));
      trials.add(sequences("activation on a sequence " + function, new ActivationLayer(function)));
      if (function != Activation.SOFTMAX) {
        Window window = new Window(Extent.square(3), Extent.ONE, Padding.valid());
        trials.add(images("conv2d with " + function, new Conv2d(4, window, function, START)));
      }
    }
    for (Window window : windows()) {
      trials.add(images("conv2d, " + window, new Conv2d(4, window, Activation.LINEAR, START)));
      if (window.dilation().equals(Extent.ONE)) {
        trials.add(images("max pooling, " + window, new MaxPooling2d(window)));
        trials.add(images("average pooling, " + window, new AveragePooling2d(window)));
      }
    }
    for (int size = 1; size < 6; size++) {
      trials.add(
          images(
              "local response normalization over " + size,
              new LocalResponseNormalization(size, 0.7f, 0.75f, 1.5f)));
    }
    trials.add(images("batch normalization of an image", new BatchNormalization(0.9f, 1e-3f)));
    trials.add(sequences("batch normalization of a sequence", new BatchNormalization(0.9f, 1e-5f)));
    trials.add(vectors("batch normalization", new BatchNormalization(0.9f, 1e-5f)));
    trials.add(vectors("layer normalization", new LayerNormalization(1e-5f)));
    trials.add(sequences("layer normalization of a sequence", new LayerNormalization(1e-3f)));
    trials.add(vectors("dropout", dense(3), new Dropout(0.5f)));
    trials.add(vectors("dropout between", new Dropout(0.5f), dense(3)));
    trials.add(trial("flatten of a vector", List.of(4), dense(3), new Flatten()));
    trials.add(trial("flatten of a sequence", SEQUENCE, new Flatten(), dense(3)));
    trials.add(trial("flatten of an image", IMAGE, new Flatten(), dense(3)));
    trials.add(trial("global average pooling", IMAGE, new GlobalAveragePooling(), dense(3)));
    trials.add(
        trial("global average pooling in time", SEQUENCE, new GlobalAveragePooling(), dense(3)));
    trials.add(trial("embedding", List.of(5), new Embedding(11, 3, START), new Flatten()));
    trials.add(sequences("positional embedding", new PositionalEmbedding(Initializer.NORMAL)));
    for (boolean all : new boolean[] {true, false}) {
      LayerSpec after = all ? new Flatten() : dense(2);
      String what = all ? ", every state" : ", last state";
      trials.add(trial("lstm" + what, SEQUENCE, new Lstm(4, all, START), after));
      trials.add(trial("gru" + what, SEQUENCE, new Gru(4, all, START), after));
      trials.add(
          sequences("attention" + (all ? ", causal" : ""), new MultiHeadAttention(3, all, START)));
    }
    trials.add(
        vectors(
            "add",
            new Named("a", null, dense(5)),
            dense(5, Activation.TANH),
            new Named("b", null, new Add("a")),
            new Named(null, "a", dense(5, Activation.RELU)),
            new Add("b"),
            new Named("outputs", null, dense(4)),
            new Named("features", null, new Add("input"))));
    trials.add(transformer());
    trials.add(convolutions());
    return trials;
  }

  private static List<Window> windows() {
    return List.of(
        new Window(Extent.square(2), Extent.square(2), Padding.valid()),
        new Window(Extent.square(3), Extent.square(2), new Padding.Same()),
        new Window(new Extent(2, 3), Extent.ONE, new Padding.Same()),
        new Window(new Extent(4, 2), new Extent(3, 1), new Padding.Same()),
        new Window(Extent.square(3), new Extent(1, 2), new Padding.Fixed(new Extent(2, 1))),
        new Window(
            new Extent(3, 2), Extent.ONE, new Padding.Fixed(new Extent(1, 2)), new Extent(2, 3)));
  }

  private static Trial transformer() {
    return trial(
        "transformer",
        List.of(6),
        new Embedding(13, 8, START),
        new Named("x0", null, new PositionalEmbedding(Initializer.NORMAL)),
        new LayerNormalization(1e-5f),
        new MultiHeadAttention(2, true, START),
        new Dropout(0.1f),
        new Named("x1", null, new Add("x0")),
        new LayerNormalization(1e-5f),
        dense(16, Activation.GELU),
        dense(8),
        new Add("x1"),
        new GlobalAveragePooling(),
        dense(3));
  }

  private static Trial convolutions() {
    Window three = new Window(Extent.square(3), Extent.ONE, new Padding.Same());
    Window half = new Window(Extent.square(2), Extent.square(2), Padding.valid());
    return trial(
        "convolutions",
        List.of(1, 9, 8),
        new Conv2d(4, three, Activation.LINEAR, START),
        new BatchNormalization(0.9f, 1e-5f),
        new Named("r", null, new ActivationLayer(Activation.RELU)),
        new Conv2d(4, three, Activation.RELU, START),
        new Add("r"),
        new MaxPooling2d(half),
        new LocalResponseNormalization(3, 1e-4f, 0.75f, 1),
        new Flatten(),
        dense(10));
  }

  private static Trial vectors(String name, LayerSpec... layers) {
    return trial(name, List.of(4), layers);
  }

  private static Trial sequences(String name, LayerSpec... layers) {
    return flattened(name, SEQUENCE, layers);
  }

  private static Trial images(String name, LayerSpec... layers) {
    return flattened(name, IMAGE, layers);
  }

  private static Trial flattened(String name, List<Integer> input, LayerSpec... layers) {
    List<LayerSpec> all = new ArrayList<>(List.of(layers));
    all.add(new Flatten());
    all.add(dense(3));
    return trial(name, input, all.toArray(new LayerSpec[0]));
  }

  private static Trial trial(String name, List<Integer> input, LayerSpec... layers) {
    return new Trial(name, new NetworkSpec(input, List.of(layers), new Loss.SoftmaxCrossEntropy()));
  }

  private static Dense dense(int units) {
    return dense(units, Activation.LINEAR);
  }

  private static Dense dense(int units, Activation activation) {
    return new Dense(units, activation, START);
  }
}
