package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;

/**
 * One layer, as a user writes it: {@code dense: {units: 512, activation: relu}}. It knows its
 * output shape and its tensors; the mathematics is the worker's. Shapes are of one example: {@code
 * [features]}, a sequence {@code [time, features]}, or an image {@code [channels, height, width]}.
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
   * Floating-point operations of one example on the way forward: a multiplication and an addition
   * are two, any elementary function is one. What costs less than one per value counts as nothing.
   */
  long flops(List<Integer> inputShape);

  /**
   * How many floats per example a worker keeps for this layer, about, besides its output and the
   * gradient by it.
   */
  default long workingFloats(List<Integer> inputShape) {
    return 0;
  }

  /** As specifications write it: {@code conv2d}. */
  default String kind() {
    for (JsonSubTypes.Type type : LayerSpec.class.getAnnotation(JsonSubTypes.class).value()) {
      if (type.value() == getClass()) {
        return type.name();
      }
    }
    throw new IllegalStateException(getClass() + " has no name");
  }
}
