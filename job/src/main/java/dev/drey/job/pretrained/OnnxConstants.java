package dev.drey.job.pretrained;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arrays of an ONNX graph that may be weights, by the names under which operators read them.
 */
final class OnnxConstants {

  private final Map<String, StoredArray> arrays = new HashMap<>();

  OnnxConstants(GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> put(tensor.getName(), tensor));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOutputCount() == 0) {
        continue;
      }
      switch (node.getOpType()) {
        case "Constant" -> {
          for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasT()) {
              put(node.getOutput(0), attribute.getT());
            }
          }
        }
        case "Identity" -> of(node, 0).ifPresent(array -> arrays.put(node.getOutput(0), array));
        case "Transpose" ->
            of(node, 0)
                .filter(array -> array.shape().size() == 2)
                .ifPresent(array -> arrays.put(node.getOutput(0), array.transposed()));
        default -> {}
      }
    }
  }

  /** What an operator reads as its input number {@code index}, if that is a constant of floats. */
  Optional<StoredArray> of(NodeProto node, int index) {
    return index < node.getInputCount()
        ? Optional.ofNullable(arrays.get(node.getInput(index)))
        : Optional.empty();
  }

  private void put(String name, TensorProto tensor) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type != TensorProto.DataType.FLOAT && type != TensorProto.DataType.DOUBLE) {
      return;
    }
    List<Integer> shape = new ArrayList<>();
    for (long size : tensor.getDimsList()) {
      if (size < 1 || size > Integer.MAX_VALUE) {
        return;
      }
      shape.add((int) size);
    }
    if (shape.isEmpty()) {
      return; // a single number is not a weight
    }
    arrays.put(name, new StoredArray(name, shape, () -> values(name, tensor)));
  }

  private static float[] values(String name, TensorProto tensor) throws IOException {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new IOException(name + " lies in another file, must be in the model's own");
    }
    boolean wide = tensor.getDataType() == TensorProto.DataType.DOUBLE.getNumber();
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int size = wide ? Double.BYTES : Float.BYTES;
    boolean isRaw = raw.remaining() > 0;
    int count =
        isRaw
            ? raw.remaining() / size
            : wide ? tensor.getDoubleDataCount() : tensor.getFloatDataCount();
    long declared = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    if (count != declared || (isRaw && raw.remaining() % size != 0)) {
      throw new IOException(
          name
              + " holds "
              + count
              + " values, its shape "
              + tensor.getDimsList()
              + " needs others");
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      if (isRaw) {
        values[i] = wide ? (float) raw.getDouble() : raw.getFloat();
      } else {
        values[i] = wide ? (float) tensor.getDoubleData(i) : tensor.getFloatData(i);
      }
    }
    return values;
  }
}
