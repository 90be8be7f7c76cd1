package dev.drey.job.pretrained;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.drey.job.onnx.GateOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the layers with weights in an ONNX graph, in the order of its operators: our own graphs and
 * PyTorch's, in which a layer may be one operator or several. Used once.
 */
final class OnnxLayers {

  /** The shape of a number that is written as a list. */
  private static final List<Integer> ONE = List.of(1);

  private final List<OnnxLayer> layers = new ArrayList<>();

  /** Layers to which nothing was added yet, by the name of their product. */
  private final Map<String, OnnxLayer> products = new HashMap<>();

  private OnnxLayers() {}

  /**
   * All layers with weights.
   *
   * @throws IOException if an operator is of a form that no layer of ours has
   */
  static List<OnnxLayer> of(GraphProto graph) throws IOException {
    OnnxConstants constants = new OnnxConstants(graph);
    OnnxLayers layers = new OnnxLayers();
    for (NodeProto node : graph.getNodeList()) {
      layers.add(new OnnxOperator(node, constants));
    }
    layers.products.values().forEach(OnnxLayers::complete);
    return layers.layers;
  }

  private void add(OnnxOperator operator) throws IOException {
    NodeProto node = operator.node();
    if (node.getInputCount() < 2 || node.getOutputCount() < 1) {
      return;
    }
    switch (node.getOpType()) {
      case "Gemm" -> gemm(operator);
      case "MatMul" -> product(operator, "kernel", 2);
      case "Mul" -> product(operator, "scale", 1);
      case "Add" -> sum(operator);
      case "Conv" ->
          operator.constant(1).map(kernel -> convolution(operator, kernel)).ifPresent(layers::add);
      case "BatchNormalization" ->
          operator.constant(1).map(scale -> batch(operator, scale)).ifPresent(layers::add);
      case "LayerNormalization" ->
          operator.constant(1).map(scale -> normalization(operator, scale)).ifPresent(layers::add);
      case "Gather" ->
          operator
              .constant(0)
              .filter(table -> table.shape().size() == 2)
              .ifPresent(table -> layers.add(operator.layer("table", table)));
      case "LSTM" -> OnnxRecurrence.layer(operator, GateOrder.LSTM).ifPresent(layers::add);
      case "GRU" -> OnnxRecurrence.layer(operator, GateOrder.GRU).ifPresent(layers::add);
      default -> {}
    }
  }

  private static OnnxLayer convolution(OnnxOperator operator, StoredArray kernel) {
    return operator
        .layer("kernel", kernel)
        .with("bias", operator.vectorOrZeros(2, kernel.shape().get(0)));
  }

  private static OnnxLayer batch(OnnxOperator operator, StoredArray scale) {
    OnnxLayer layer = operator.layer("scale", scale);
    operator.constant(2).ifPresent(array -> layer.with("offset", array));
    operator.constant(3).ifPresent(array -> layer.with("mean", array));
    operator.constant(4).ifPresent(array -> layer.with("variance", array));
    return layer;
  }

  private static OnnxLayer normalization(OnnxOperator operator, StoredArray scale) {
    return operator
        .layer("scale", scale)
        .with("offset", operator.vectorOrZeros(2, scale.shape().get(0)));
  }

  private void gemm(OnnxOperator operator) throws IOException {
    Optional<StoredArray> kernel = operator.constant(1);
    if (kernel.isEmpty()) {
      return;
    }
    operator.require(operator.whole("transA") == 0, "transA");
    operator.require(operator.factor("alpha") == 1, "alpha");
    operator.require(operator.factor("beta") == 1, "beta");
    StoredArray matrix = operator.whole("transB") == 0 ? kernel.get() : kernel.get().transposed();
    int outputs = matrix.shape().get(matrix.shape().size() - 1);
    layers.add(operator.layer("kernel", matrix).with("bias", operator.vectorOrZeros(2, outputs)));
  }

  /** A product with a constant: what is added to it next belongs to the same layer. */
  private void product(OnnxOperator operator, String role, int dimensions) {
    Stream.of(0, 1)
        .flatMap(input -> operator.constant(input).stream())
        .filter(array -> array.shape().size() == dimensions && !array.shape().equals(ONE))
        .findFirst()
        .ifPresent(
            array -> {
              OnnxLayer layer = operator.layer(role, array);
              layers.add(layer);
              products.put(operator.node().getOutput(0), layer);
            });
  }

  private void sum(OnnxOperator operator) throws IOException {
    for (int i = 0; i < 2; i++) {
      Optional<StoredArray> addend = operator.constant(i);
      if (addend.isEmpty()) {
        continue;
      }
      String other = operator.node().getInput(1 - i);
      OnnxLayer product = products.get(other);
      if (product != null && addend.get().shape().size() == 1) {
        products.remove(other);
        product.with(addendOf(product), addend.get());
      } else if (addend.get().shape().size() > 1 && !isMask(addend.get())) {
        layers.add(operator.layer("table", addend.get().squeezed(2)));
      }
    }
  }

  private static String addendOf(OnnxLayer product) {
    return product.tensors().containsKey("kernel") ? "bias" : "offset";
  }

  /** A product to which nothing is added has an addend of zeros. */
  private static void complete(OnnxLayer layer) {
    StoredArray factor = layer.tensors().values().iterator().next();
    int length = factor.shape().get(factor.shape().size() - 1);
    layer.with(addendOf(layer), StoredArray.zeros(layer.name(), length));
  }

  /** Whether it is what keeps places of a sequence from seeing others, and no weight. */
  private static boolean isMask(StoredArray array) throws IOException {
    for (float value : array.values().read()) {
      if (value == Float.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }
}
