package dev.drey.job.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
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

/**
 * Adds what each kind of layer is in ONNX, as it predicts, and gives the name of the result: the
 * place's output, or its input where the layer does nothing.
 *
 * @param place where the layer goes
 */
record LayerOperators(GraphPosition place) implements LayerSpec.Visitor<String> {

  @Override
  public String activation(ActivationLayer layer) {
    return ActivationOperators.add(layer.function(), place, place.input());
  }

  @Override
  public String add(Add layer) {
    return place.graph().add("Add", place.output(), List.of(place.input(), place.secondInput()));
  }

  @Override
  public String averagePooling2d(AveragePooling2d layer) {
    return ImageOperators.averagePooling(layer.window(), place);
  }

  /** The operator takes channels second, so a sequence is turned over for it and back. */
  @Override
  public String batchNormalization(BatchNormalization layer) {
    if (place.node().inputShape().size() != 2) {
      return batchNormalization(layer, place.input(), place.output());
    }
    OnnxGraph graph = place.graph();
    AttributeProto swap = Attributes.of("perm", List.of(0L, 2L, 1L));
    String turned = graph.add("Transpose", place.inner("turned"), List.of(place.input()), swap);
    String normal = batchNormalization(layer, turned, place.inner("normal"));
    return graph.add("Transpose", place.output(), List.of(normal), swap);
  }

  private String batchNormalization(BatchNormalization layer, String input, String output) {
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

  @Override
  public String conv2d(Conv2d layer) {
    String sum = ImageOperators.convolution(layer, place, sumBefore(layer.activation()));
    return ActivationOperators.add(layer.activation(), place, sum);
  }

  @Override
  public String dense(Dense layer) {
    String sum = sumBefore(layer.activation());
    return ActivationOperators.add(
        layer.activation(),
        place,
        place.node().inputShape().size() == 1
            ? LinearOperators.vectors(place, sum)
            : LinearOperators.sequences(place, place.input(), List.of("kernel", "bias"), sum));
  }

  /** The name of an activation's input: of a linear layer, which needs no operator, its output. */
  private String sumBefore(Activation activation) {
    return activation == Activation.LINEAR ? place.output() : place.inner("sum");
  }

  @Override
  public String dropout(Dropout layer) {
    return place.input();
  }

  @Override
  public String embedding(Embedding layer) {
    AttributeProto type = Attributes.of("to", OnnxGraph.INT64);
    String numbers =
        place.graph().add("Cast", place.inner("numbers"), List.of(place.input()), type);
    return place.graph().add("Gather", place.output(), List.of(place.add("table"), numbers));
  }

  @Override
  public String flatten(Flatten layer) {
    return place
        .graph()
        .add("Flatten", place.output(), List.of(place.input()), Attributes.of("axis", 1));
  }

  @Override
  public String globalAveragePooling(GlobalAveragePooling layer) {
    List<Long> axes = place.node().inputShape().size() == 3 ? List.of(2L, 3L) : List.of(1L);
    return place
        .graph()
        .add(
            "ReduceMean",
            place.output(),
            List.of(place.input()),
            Attributes.of("axes", axes),
            Attributes.of("keepdims", 0));
  }

  @Override
  public String gru(Gru layer) {
    return RecurrentOperators.gru(layer, place);
  }

  @Override
  public String layerNormalization(LayerNormalization layer) {
    return place
        .graph()
        .add(
            "LayerNormalization",
            place.output(),
            List.of(place.input(), place.add("scale"), place.add("offset")),
            Attributes.of("axis", -1),
            Attributes.of("epsilon", layer.epsilon()));
  }

  @Override
  public String localResponseNormalization(LocalResponseNormalization layer) {
    return ImageOperators.localResponse(layer, place);
  }

  @Override
  public String lstm(Lstm layer) {
    return RecurrentOperators.lstm(layer, place);
  }

  @Override
  public String maxPooling2d(MaxPooling2d layer) {
    return ImageOperators.maxPooling(layer.window(), place);
  }

  @Override
  public String multiHeadAttention(MultiHeadAttention layer) {
    return AttentionOperators.add(layer, place);
  }

  @Override
  public String positionalEmbedding(PositionalEmbedding layer) {
    return place.graph().add("Add", place.output(), List.of(place.input(), place.add("table")));
  }
}
