package dev.drey.job.specification.network;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Dropout;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import dev.drey.job.specification.key.Words;
import java.util.List;

/** The keys of layers that occur in networks of any kind. */
final class BasicLayers {

  private static final Type<Float> SHARE =
      Numbers.single("a number from 0 to below 1", r -> r >= 0 && (float) r < 1);

  static final List<Union.Case<? extends LayerSpec>> CASES =
      List.of(
          LayerKeys.layer(
              Dense.class,
              dense(),
              "fully connected, over the last dimension of [features] or [time, features]"),
          LayerKeys.layer(
              ActivationLayer.class,
              activation(),
              "a function as a layer of its own: after a normalization, or an addition"),
          LayerKeys.layer(
              Add.class,
              add(),
              "adds the output of an earlier layer of the same shape: a residual connection"),
          LayerKeys.layer(
              Dropout.class,
              dropout(),
              "sets some values to 0 while training, and scales the others up"),
          LayerKeys.layer(
              Flatten.class,
              new Section<>(List.of(), values -> new Flatten()),
              "all values in one dimension"),
          LayerKeys.layer(
              GlobalAveragePooling.class,
              new Section<>(List.of(), values -> new GlobalAveragePooling()),
              "the mean over the places of an image or a sequence: [channels] or [features]"),
          LayerKeys.layer(
              BatchNormalization.class,
              batchNormalization(),
              "mean 0 and deviation 1 of each channel or feature over a worker's mini-batch, then"
                  + " scale and offset; its running statistics are averaged over the workers"),
          LayerKeys.layer(
              LayerNormalization.class,
              layerNormalization(),
              "mean 0 and deviation 1 over the last dimension of each example, then scale and"
                  + " offset"));

  private BasicLayers() {}

  private static Section<Dense> dense() {
    Key<Dense, Integer> units = Key.of("units", LayerKeys.SIZE, Dense::units, "number of outputs");
    Key<Dense, Activation> activation = LayerKeys.activation(Dense::activation);
    Key<Dense, Initializer> initializer =
        LayerKeys.initializer(Dense::initializer, Initializer.GLOROT_UNIFORM);
    return new Section<>(
        List.of(units, activation, initializer),
        values -> new Dense(values.get(units), values.get(activation), values.get(initializer)));
  }

  private static Section<ActivationLayer> activation() {
    Key<ActivationLayer, Activation> function =
        Key.of(
            "function",
            Words.of(Activation.class),
            ActivationLayer::function,
            "of each value; softmax is over the last dimension");
    return new Section<>(List.of(function), values -> new ActivationLayer(values.get(function)));
  }

  private static Section<Add> add() {
    Key<Add, String> from =
        Key.of("from", Layers.NAME, Add::addend, "name of the layer to add, or input");
    return new Section<>(List.of(from), values -> new Add(values.get(from)));
  }

  private static Section<Dropout> dropout() {
    Key<Dropout, Float> rate = Key.of("rate", SHARE, Dropout::rate, "share of the values set to 0");
    return new Section<>(List.of(rate), values -> new Dropout(values.get(rate)));
  }

  private static Section<BatchNormalization> batchNormalization() {
    Key<BatchNormalization, Float> momentum =
        Key.of(
                "momentum",
                SHARE,
                BatchNormalization::momentum,
                "share of the running statistics that a step keeps")
            .orElse(0.9f);
    Key<BatchNormalization, Float> epsilon = LayerKeys.epsilon(BatchNormalization::epsilon);
    return new Section<>(
        List.of(momentum, epsilon),
        values -> new BatchNormalization(values.get(momentum), values.get(epsilon)));
  }

  private static Section<LayerNormalization> layerNormalization() {
    Key<LayerNormalization, Float> epsilon = LayerKeys.epsilon(LayerNormalization::epsilon);
    return new Section<>(List.of(epsilon), values -> new LayerNormalization(values.get(epsilon)));
  }
}
