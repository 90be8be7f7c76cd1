package dev.drey.job.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Dropout;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.PositionalEmbedding;
import java.util.List;

/** What each kind of layer is in ONNX, as it predicts. A new kind is a line in {@link #add}. */
final class LayerOperators {

  private LayerOperators() {}

  /**
   * Adds a layer that reads one array.
   *
   * @return the name of its result: the place's output, or its input where the layer does nothing
   * @throws IllegalArgumentException if no operator is known for the layer
   */
  static String add(Place place) {
    LayerSpec layer = place.node().layer();
    OnnxGraph graph = place.graph();
    String input = place.input();
    String output = place.output();
    if (layer instanceof Dense dense) {
      return dense(dense, place);
    } else if (layer instanceof Conv2d conv) {
      String sum = before(conv.activation(), place);
      return Activations.add(conv.activation(), place, Images.convolution(conv, place, sum));
    } else if (layer instanceof MaxPooling2d pooling) {
      return Images.maxPooling(pooling.window(), place);
    } else if (layer instanceof AveragePooling2d pooling) {
      return Images.averagePooling(pooling.window(), place);
    } else if (layer instanceof GlobalAveragePooling) {
      List<Long> places = place.node().inputShape().size() == 3 ? List.of(2L, 3L) : List.of(1L);
      AttributeProto axes = Attributes.of("axes", places);
      return graph.add("ReduceMean", output, List.of(input), axes, Attributes.of("keepdims", 0));
    } else if (layer instanceof LocalResponseNormalization normalization) {
      return Images.localResponse(normalization, place);
    } else if (layer instanceof BatchNormalization normalization) {
      return batchNormalization(normalization, place);
    } else if (layer instanceof LayerNormalization normalization) {
      return graph.add(
          "LayerNormalization",
          output,
          List.of(input, place.add("scale"), place.add("offset")),
          Attributes.of("axis", -1),
          Attributes.of("epsilon", normalization.epsilon()));
    } else if (layer instanceof Dropout) {
      return input;
    } else if (layer instanceof Flatten) {
      return graph.add("Flatten", output, List.of(input), Attributes.of("axis", 1));
    } else if (layer instanceof Embedding) {
      String numbers =
          graph.add(
              "Cast", place.inner("numbers"), List.of(input), Attributes.of("to", OnnxGraph.INT64));
      return graph.add("Gather", output, List.of(place.add("table"), numbers));
    } else if (layer instanceof PositionalEmbedding) {
      return graph.add("Add", output, List.of(input, place.add("table")));
    } else if (layer instanceof Lstm lstm) {
      return Recurrences.lstm(lstm, place);
    } else if (layer instanceof Gru gru) {
      return Recurrences.gru(gru, place);
    } else if (layer instanceof MultiHeadAttention attention) {
      return Attention.add(attention, place);
    } else if (layer instanceof ActivationLayer activation) {
      return Activations.add(activation.function(), place, input);
    }
    throw new IllegalArgumentException("no ONNX operator is known for " + layer.kind());
  }

  private static String dense(Dense layer, Place place) {
    String sum = before(layer.activation(), place);
    return Activations.add(
        layer.activation(),
        place,
        place.node().inputShape().size() == 1
            ? Linear.vectors(place, sum)
            : Linear.sequences(place, place.input(), List.of("kernel", "bias"), sum));
  }

  /** The name of what goes into an activation: there may be no operator for it. */
  private static String before(Activation activation, Place place) {
    return activation == Activation.LINEAR ? place.output() : place.inner("sum");
  }

  /** The operator takes channels second, so a sequence is turned over for it and back. */
  private static String batchNormalization(BatchNormalization layer, Place place) {
    if (place.node().inputShape().size() != 2) {
      return batchNormalization(layer, place, place.input(), place.output());
    }
    OnnxGraph graph = place.graph();
    AttributeProto swap = Attributes.of("perm", List.of(0L, 2L, 1L));
    String turned = graph.add("Transpose", place.inner("turned"), List.of(place.input()), swap);
    String normal = batchNormalization(layer, place, turned, place.inner("normal"));
    return graph.add("Transpose", place.output(), List.of(normal), swap);
  }

  private static String batchNormalization(
      BatchNormalization layer, Place place, String input, String output) {
    return place
        .graph()
        .add(
            "BatchNormalization",
            output,
            List.of(
                input,
                place.add("scale"),
                place.add("offset"),
                place.add("mean"),
                place.add("variance")),
            Attributes.of("epsilon", layer.epsilon()));
  }
}
