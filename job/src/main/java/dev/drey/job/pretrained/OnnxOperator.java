package dev.drey.job.pretrained;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.util.Optional;

/**
 * One operator of an ONNX graph.
 *
 * @param node the operator
 * @param constants of its graph
 */
record OnnxOperator(NodeProto node, OnnxConstants constants) {

  /** Its type and its name, for messages. */
  String title() {
    return node.getName().isEmpty() ? node.getOpType() : node.getOpType() + " " + node.getName();
  }

  /** Its input number {@code index}, if that is a constant of floats. */
  Optional<StoredArray> constant(int index) {
    return constants.of(node, index);
  }

  /** Its input number {@code index} as a vector, or zeros if that is not a constant. */
  StoredArray vectorOrZeros(int index, int length) {
    return constant(index)
        .map(array -> array.squeezed(1))
        .orElseGet(() -> StoredArray.zeros(title(), length));
  }

  /** A layer that has one of the operator's constants. */
  OnnxLayer layer(String role, StoredArray array) {
    return OnnxLayer.of(title() + " of " + array.name(), role, array);
  }

  /** A whole number among the attributes; 0, ONNX's own default, if it does not exist. */
  long whole(String attribute) {
    return node.getAttributeList().stream()
        .filter(each -> each.getName().equals(attribute))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElse(0);
  }

  /** A number among the attributes; 1, ONNX's own default, if it does not exist. */
  float factor(String attribute) {
    for (AttributeProto each : node.getAttributeList()) {
      if (each.getName().equals(attribute)) {
        return each.getF();
      }
    }
    return 1;
  }

  /**
   * Checks an attribute.
   *
   * @throws IOException if it is not one that a layer of ours can have
   */
  void require(boolean holds, String attribute) throws IOException {
    if (!holds) {
      throw new IOException(
          title() + " has another " + attribute + " than a layer of ours can have");
    }
  }
}
