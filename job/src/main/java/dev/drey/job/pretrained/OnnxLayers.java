package dev.drey.job.pretrained;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.drey.job.onnx.Gates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Finds the layers with weights in an ONNX graph, in the order of its operators: our own graphs and
 * PyTorch's, in which a layer may be one operator or several. Used once.
 */
final class OnnxLayers {

  /** Of a number that is written as a list. */
  private static final List<Integer> ONE = List.of(1);

  private final OnnxConstants constants;
  private final List<OnnxLayer> layers = new ArrayList<>();

  /** Layers that lack an addend, by the name of what they give. */
  private final Map<String, OnnxLayer> products = new HashMap<>();

  private OnnxLayers(OnnxConstants constants) {
    this.constants = constants;
  }

  /**
   * All layers with weights.
   *
   * @throws IOException if an operator is of a form that no layer of ours has
   */
  static List<OnnxLayer> of(GraphProto graph) throws IOException {
    OnnxLayers layers = new OnnxLayers(new OnnxConstants(graph));
    for (NodeProto node : graph.getNodeList()) {
      layers.add(node);
    }
    layers.products.values().forEach(OnnxLayers::complete);
    return layers.layers;
  }

  private void add(NodeProto node) throws IOException {
    if (node.getInputCount() < 2 || node.getOutputCount() < 1) {
      return;
    }
    switch (node.getOpType()) {
      case "Gemm" -> gemm(node);
      case "MatMul" -> product(node, "kernel", 2);
      case "Mul" -> product(node, "scale", 1);
      case "Add" -> sum(node);
      case "Conv" ->
          constants
              .of(node, 1)
              .ifPresent(
                  kernel ->
                      layers.add(
                          layer(node, "kernel", kernel)
                              .with("bias", orZeros(node, 2, kernel.shape().get(0)))));
      case "BatchNormalization" ->
          constants
              .of(node, 1)
              .ifPresent(
                  scale -> {
                    OnnxLayer layer = layer(node, "scale", scale);
                    constants.of(node, 2).ifPresent(array -> layer.with("offset", array));
                    constants.of(node, 3).ifPresent(array -> layer.with("mean", array));
                    constants.of(node, 4).ifPresent(array -> layer.with("variance", array));
                    layers.add(layer);
                  });
      case "LayerNormalization" ->
          constants
              .of(node, 1)
              .ifPresent(
                  scale ->
                      layers.add(
                          layer(node, "scale", scale)
                              .with("offset", orZeros(node, 2, scale.shape().get(0)))));
      case "Gather" ->
          constants
              .of(node, 0)
              .filter(table -> table.shape().size() == 2)
              .ifPresent(table -> layers.add(layer(node, "table", table)));
      case "LSTM" -> recurrent(node, Gates.LSTM);
      case "GRU" -> recurrent(node, Gates.GRU);
      default -> {}
    }
  }

  private static OnnxLayer layer(NodeProto node, String role, StoredArray array) {
    return OnnxLayer.of(name(node) + " of " + array.name(), role, array);
  }

  private static String name(NodeProto node) {
    return node.getName().isEmpty() ? node.getOpType() : node.getOpType() + " " + node.getName();
  }

  private StoredArray orZeros(NodeProto node, int input, int length) {
    return constants
        .of(node, input)
        .map(array -> array.squeezed(1))
        .orElseGet(() -> StoredArray.zeros(name(node), length));
  }

  private void gemm(NodeProto node) throws IOException {
    Optional<StoredArray> kernel = constants.of(node, 1);
    if (kernel.isEmpty()) {
      return;
    }
    require(node, whole(node, "transA").orElse(0) == 0, "transA");
    require(node, number(node, "alpha", 1) == 1, "alpha");
    require(node, number(node, "beta", 1) == 1, "beta");
    StoredArray matrix =
        whole(node, "transB").orElse(0) == 0 ? kernel.get() : kernel.get().transposed();
    layers.add(
        layer(node, "kernel", matrix)
            .with("bias", orZeros(node, 2, matrix.shape().get(matrix.shape().size() - 1))));
  }

  /** A product with a constant: what is added to it next belongs to the same layer. */
  private void product(NodeProto node, String role, int dimensions) {
    Stream.of(0, 1)
        .flatMap(input -> constants.of(node, input).stream())
        .filter(array -> array.shape().size() == dimensions && !array.shape().equals(ONE))
        .findFirst()
        .ifPresent(
            array -> {
              OnnxLayer layer = layer(node, role, array);
              layers.add(layer);
              products.put(node.getOutput(0), layer);
            });
  }

  private void sum(NodeProto node) throws IOException {
    for (int i = 0; i < 2; i++) {
      Optional<StoredArray> addend = constants.of(node, i);
      if (addend.isEmpty()) {
        continue;
      }
      OnnxLayer product = products.get(node.getInput(1 - i));
      if (product != null && addend.get().shape().size() == 1) {
        products.remove(node.getInput(1 - i));
        product.with(addendOf(product), addend.get());
      } else if (addend.get().shape().size() > 1 && !isMask(addend.get())) {
        layers.add(layer(node, "table", addend.get().squeezed(2)));
      }
    }
  }

  private static String addendOf(OnnxLayer product) {
    return product.tensors().containsKey("kernel") ? "bias" : "offset";
  }

  private static void complete(OnnxLayer layer) {
    StoredArray factor = layer.tensors().values().iterator().next();
    int length = factor.shape().get(factor.shape().size() - 1);
    layer.with(addendOf(layer), StoredArray.zeros(layer.name(), length));
  }

  /** What keeps places of a sequence from seeing others, and is no weight. */
  private static boolean isMask(StoredArray array) throws IOException {
    for (float value : array.values().read()) {
      if (value == Float.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }

  private void recurrent(NodeProto node, Gates gates) throws IOException {
    Optional<StoredArray> kernel = constants.of(node, 1);
    Optional<StoredArray> recurrent = constants.of(node, 2);
    if (kernel.isEmpty() || recurrent.isEmpty()) {
      return;
    }
    List<Integer> shape = recurrent.get().shape(); // [directions, gates x units, units]
    List<Integer> input = kernel.get().shape();
    if (shape.size() != 3 || input.size() != 3 || shape.get(0) != 1) {
      throw new IOException(name(node) + " has several directions, must have one");
    }
    if (gates == Gates.GRU) {
      require(node, whole(node, "linear_before_reset").orElse(0) == 1, "linear_before_reset");
    }
    int units = shape.get(2);
    int width = gates.count() * units;
    if (shape.get(1) != width || input.get(1) != width) {
      throw new IOException(
          name(node) + " has arrays of shapes " + input + " and " + shape + ", which do not fit");
    }
    OnnxLayer layer =
        layer(
                node,
                "kernel",
                kernel
                    .get()
                    .as(List.of(input.get(2), width), matrix -> gates.fromOnnx(matrix, units)))
            .with(
                "recurrent-kernel",
                recurrent.get().as(List.of(units, width), matrix -> gates.fromOnnx(matrix, units)));
    StoredArray both = orZeros(node, 3, 2 * width);
    if (!both.shape().equals(List.of(2 * width))) {
      throw new IOException(
          name(node) + " has biases of shape " + both.shape() + ", must be [1, " + 2 * width + "]");
    }
    StoredArray bias = half(both, 0, gates, units);
    StoredArray other = half(both, width, gates, units);
    if (gates == Gates.LSTM) {
      layer.with("bias", bias.plus(other));
    } else {
      layer.with("bias", bias).with("recurrent-bias", other);
    }
    layers.add(layer);
  }

  private static StoredArray half(StoredArray both, int from, Gates gates, int units) {
    int width = gates.count() * units;
    return both.as(
        List.of(width),
        values -> {
          float[] half = new float[width];
          System.arraycopy(values, from, half, 0, width);
          return gates.fromOnnx(half, units);
        });
  }

  private static void require(NodeProto node, boolean holds, String attribute) throws IOException {
    if (!holds) {
      throw new IOException(
          name(node) + " has another " + attribute + " than a layer of ours can have");
    }
  }

  private static OptionalLong whole(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .mapToLong(AttributeProto::getI)
        .findFirst();
  }

  private static float number(NodeProto node, String name, float fallback) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return attribute.getF();
      }
    }
    return fallback;
  }
}
