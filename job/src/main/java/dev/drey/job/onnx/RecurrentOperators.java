package dev.drey.job.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.Lstm;
import java.util.Arrays;
import java.util.List;

/** Recurrent layers as operators, which want [time, batch, features]. */
final class RecurrentOperators {

  private RecurrentOperators() {}

  static String lstm(Lstm layer, GraphPosition place) {
    float[] bias = place.values("bias");
    int units = layer.units();
    // Two biases there, one here: the second is zero.
    float[] both = Arrays.copyOf(GateOrder.LSTM.toOnnx(bias, units), 2 * bias.length);
    return add("LSTM", GateOrder.LSTM, place, both, new Output(units, layer.sequences()));
  }

  static String gru(Gru layer, GraphPosition place) {
    float[] bias = place.values("bias");
    int units = layer.units();
    float[] both = Arrays.copyOf(GateOrder.GRU.toOnnx(bias, units), 2 * bias.length);
    float[] recurrent = GateOrder.GRU.toOnnx(place.values("recurrent-bias"), units);
    System.arraycopy(recurrent, 0, both, bias.length, bias.length);
    return add(
        "GRU",
        GateOrder.GRU,
        place,
        both,
        new Output(units, layer.sequences()),
        Attributes.of("linear_before_reset", 1));
  }

  /**
   * The output of a recurrent layer.
   *
   * @param units size of h
   * @param sequences whether it is every h, or the last one
   */
  private record Output(int units, boolean sequences) {}

  private static String add(
      String operator,
      GateOrder gates,
      GraphPosition place,
      float[] bias,
      Output output,
      AttributeProto... attributes) {
    OnnxGraph graph = place.graph();
    int units = output.units();
    int width = gates.count() * units;
    int features = place.node().inputShape().get(1);
    String kernel =
        graph.floats(
            place.name("kernel"),
            List.of(1, width, features),
            gates.toOnnx(place.values("kernel"), units));
    String recurrent =
        graph.floats(
            place.name("recurrent-kernel"),
            List.of(1, width, units),
            gates.toOnnx(place.values("recurrent-kernel"), units));
    String biases = graph.floats(place.name("bias"), List.of(1, 2 * width), bias);
    AttributeProto swap = Attributes.of("perm", List.of(1L, 0L, 2L));
    String steps = graph.add("Transpose", place.inner("steps"), List.of(place.input()), swap);
    AttributeProto[] all = Arrays.copyOf(attributes, attributes.length + 1);
    all[attributes.length] = Attributes.of("hidden_size", units);
    List<String> inputs = List.of(steps, kernel, recurrent, biases);
    if (!output.sequences()) { // the second output: [directions, batch, units]
      String last = place.inner("last");
      graph.add(operator, List.of("", last), inputs, all);
      String axis = graph.longs(place.inner("directions"), 0);
      return graph.add("Squeeze", place.output(), List.of(last, axis));
    }
    // The first output: [time, directions, batch, units].
    String every = graph.add(operator, place.inner("every"), inputs, all);
    String axis = graph.longs(place.inner("directions"), 1);
    String squeezed = graph.add("Squeeze", place.inner("squeezed"), List.of(every, axis));
    return graph.add("Transpose", place.output(), List.of(squeezed), swap);
  }
}
