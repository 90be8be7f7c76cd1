package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One layer, as a user writes it: {@code dense: {units: 512, activation: relu}}. It knows its
 * output shape and its tensors; the mathematics is the worker's. Shapes are of one example: {@code
 * [features]}, a sequence {@code [time, features]}, or an image {@code [channels, height, width]}.
 *
 * <p>A new kind of layer is a record that implements this, its name in the list below, and a method
 * of {@link Visitor}; the compiler then names every class that does not handle it yet.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "activation", value = ActivationLayer.class),
  @JsonSubTypes.Type(name = "add", value = Add.class),
  @JsonSubTypes.Type(name = "average-pooling2d", value = AveragePooling2d.class),
  @JsonSubTypes.Type(name = "batch-normalization", value = BatchNormalization.class),
  @JsonSubTypes.Type(name = "conv2d", value = Conv2d.class),
  @JsonSubTypes.Type(name = "dense", value = Dense.class),
  @JsonSubTypes.Type(name = "dropout", value = Dropout.class),
  @JsonSubTypes.Type(name = "embedding", value = Embedding.class),
  @JsonSubTypes.Type(name = "flatten", value = Flatten.class),
  @JsonSubTypes.Type(name = "global-average-pooling", value = GlobalAveragePooling.class),
  @JsonSubTypes.Type(name = "gru", value = Gru.class),
  @JsonSubTypes.Type(name = "layer-normalization", value = LayerNormalization.class),
  @JsonSubTypes.Type(
      name = "local-response-normalization",
      value = LocalResponseNormalization.class),
  @JsonSubTypes.Type(name = "lstm", value = Lstm.class),
  @JsonSubTypes.Type(name = "max-pooling2d", value = MaxPooling2d.class),
  @JsonSubTypes.Type(name = "multi-head-attention", value = MultiHeadAttention.class),
  @JsonSubTypes.Type(name = "named", value = Named.class),
  @JsonSubTypes.Type(name = "positional-embedding", value = PositionalEmbedding.class)
})
public sealed interface LayerSpec extends Serializable
    permits ActivationLayer,
        Add,
        AveragePooling2d,
        BatchNormalization,
        Conv2d,
        Dense,
        Dropout,
        Embedding,
        Flatten,
        GlobalAveragePooling,
        Gru,
        LayerNormalization,
        LocalResponseNormalization,
        Lstm,
        MaxPooling2d,
        MultiHeadAttention,
        Named,
        PositionalEmbedding {

  /**
   * The shape of one example after this layer.
   *
   * @throws IllegalArgumentException if the layer cannot take an input of this shape; the message
   *     names the layer, the shape and the rule
   */
  List<Integer> outputShape(List<Integer> inputShape);

  /** The layer's tensors in the order they have in the flat vector. */
  default List<Tensor> tensors(List<Integer> inputShape) {
    return List.of();
  }

  /**
   * Floating-point operations of one example's forward pass: a multiplication and an addition are
   * two, any elementary function is one. What costs less than one per value counts as nothing.
   */
  long flops(List<Integer> inputShape);

  /**
   * About how many floats per example a worker keeps for this layer, besides its output and the
   * gradient by it.
   */
  default long workingFloats(List<Integer> inputShape) {
    return 0;
  }

  /**
   * The name of the earlier layer whose output this one reads besides its input, which must have
   * the input's shape; empty if it reads its input alone.
   */
  default Optional<String> secondInput() {
    return Optional.empty();
  }

  /**
   * If the layer looks rows up by number, how many rows there are: its input is the network's, and
   * holds whole numbers in [0, this). Empty if it takes any finite numbers.
   */
  default OptionalInt inputVocabulary() {
    return OptionalInt.empty();
  }

  /**
   * Whether, in training, an example's output depends on the other examples it is computed with, so
   * that a mini-batch must not be cut into smaller pieces to save memory.
   */
  default boolean mixesExamples() {
    return false;
  }

  /** Calls the method of the visitor for this kind of layer. */
  <R> R accept(Visitor<R> visitor);

  /** The name of the layer's kind in specifications and in the protocol: {@code conv2d}. */
  default String kind() {
    return kind(getClass());
  }

  /** The name of a kind of layer in specifications and in the protocol: {@code conv2d}. */
  static String kind(Class<? extends LayerSpec> type) {
    for (JsonSubTypes.Type each : LayerSpec.class.getAnnotation(JsonSubTypes.class).value()) {
      if (each.value() == type) {
        return each.name();
      }
    }
    throw new IllegalStateException(type + " has no name");
  }

  /**
   * Handles every kind of layer, with a method for each: a class that lacks a kind does not
   * compile. A {@link Named} layer is visited as the layer that has the name.
   *
   * @param <R> what is made of a layer
   */
  interface Visitor<R> {

    R activation(ActivationLayer layer);

    R add(Add layer);

    R averagePooling2d(AveragePooling2d layer);

    R batchNormalization(BatchNormalization layer);

    R conv2d(Conv2d layer);

    R dense(Dense layer);

    R dropout(Dropout layer);

    R embedding(Embedding layer);

    R flatten(Flatten layer);

    R globalAveragePooling(GlobalAveragePooling layer);

    R gru(Gru layer);

    R layerNormalization(LayerNormalization layer);

    R localResponseNormalization(LocalResponseNormalization layer);

    R lstm(Lstm layer);

    R maxPooling2d(MaxPooling2d layer);

    R multiHeadAttention(MultiHeadAttention layer);

    R positionalEmbedding(PositionalEmbedding layer);
  }
}
