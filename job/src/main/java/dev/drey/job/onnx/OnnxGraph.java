package dev.drey.job.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.drey.core.parameters.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A graph that is being built: operators in the order in which they are added, each after those
 * whose results it reads.
 */
final class OnnxGraph {

  /** The dimension whose size is left open. */
  private static final String BATCH = "batch";

  /** The type of whole numbers. */
  static final int INT64 = TensorProto.DataType.INT64.getNumber();

  private final GraphProto.Builder graph;

  OnnxGraph(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /** An input of 32-bit floats, [batch, ...shape]. */
  void input(String name, List<Integer> shape) {
    graph.addInput(floats(name, shape));
  }

  /** An output of 32-bit floats, [batch, ...shape]. */
  void output(String name, List<Integer> shape) {
    graph.addOutput(floats(name, shape));
  }

  private static ValueInfoProto floats(String name, List<Integer> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam(BATCH);
    shape.forEach(size -> dimensions.addDimBuilder().setDimValue(size));
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(dimensions)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  /** Adds a constant array; returns its name. */
  String floats(String name, List<Integer> shape, float[] values) {
    return initializer(name, TensorProto.DataType.FLOAT, shape, Floats.toBytes(values));
  }

  /** Adds a constant; returns its name. */
  String number(String name, float value) {
    return floats(name, List.of(), new float[] {value});
  }

  /** Adds a constant list of whole numbers; returns its name. */
  String longs(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return initializer(name, TensorProto.DataType.INT64, List.of(values.length), bytes.array());
  }

  private String initializer(
      String name, TensorProto.DataType type, List<Integer> shape, byte[] bytes) {
    // The bytes are not shared, so they need no copy, which would be as large as the model.
    ByteString raw = UnsafeByteOperations.unsafeWrap(bytes);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(raw);
    shape.forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return name;
  }

  /** Adds an operator with one output, which it is named after; returns its name. */
  String add(String operator, String output, List<String> inputs, AttributeProto... attributes) {
    add(operator, List.of(output), inputs, attributes);
    return output;
  }

  /**
   * Adds an operator.
   *
   * @param outputs the first one names it; empty strings for those that are not used
   * @param inputs empty strings for those left out
   */
  void add(
      String operator, List<String> outputs, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(outputs.stream().filter(name -> !name.isEmpty()).findFirst().orElseThrow())
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  GraphProto build() {
    return graph.build();
  }
}
