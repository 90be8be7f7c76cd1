package dev.drey.job.pretrained;

import dev.drey.job.onnx.GateOrder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The weights of an LSTM or GRU operator of an ONNX graph, brought into our layout. */
final class OnnxRecurrence {

  private final OnnxOperator operator;
  private final GateOrder gates;
  private final int units;
  private final int width;

  private OnnxRecurrence(OnnxOperator operator, GateOrder gates, int units) {
    this.operator = operator;
    this.gates = gates;
    this.units = units;
    this.width = gates.count() * units;
  }

  /**
   * The layer; nothing if its weights are no constants.
   *
   * @throws IOException if the operator is of a form that no layer of ours has
   */
  static Optional<OnnxLayer> layer(OnnxOperator operator, GateOrder gates) throws IOException {
    Optional<StoredArray> kernel = operator.constant(1);
    Optional<StoredArray> recurrent = operator.constant(2);
    if (kernel.isEmpty() || recurrent.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> input = kernel.get().shape(); // [directions, gates x units, features]
    List<Integer> shape = recurrent.get().shape(); // [directions, gates x units, units]
    if (shape.size() != 3 || input.size() != 3 || shape.get(0) != 1) {
      throw new IOException(operator.title() + " has several directions, must have one");
    }
    if (gates == GateOrder.GRU) {
      operator.require(operator.whole("linear_before_reset") == 1, "linear_before_reset");
    }
    OnnxRecurrence recurrence = new OnnxRecurrence(operator, gates, shape.get(2));
    if (shape.get(1) != recurrence.width || input.get(1) != recurrence.width) {
      throw new IOException(
          operator.title()
              + " has arrays of shapes "
              + input
              + " and "
              + shape
              + ", which do not fit");
    }
    OnnxLayer layer =
        operator
            .layer("kernel", recurrence.transposed(kernel.get(), input.get(2)))
            .with("recurrent-kernel", recurrence.transposed(recurrent.get(), shape.get(2)));
    recurrence.addBiases(layer);
    return Optional.of(layer);
  }

  /** [1, gates x units, rows] as [rows, gates x units], with our order of gates. */
  private StoredArray transposed(StoredArray array, int rows) {
    return array.as(List.of(rows, width), matrix -> gates.fromOnnx(matrix, units));
  }

  /** ONNX has two biases, one after the other. */
  private void addBiases(OnnxLayer layer) throws IOException {
    StoredArray both = operator.vectorOrZeros(3, 2 * width);
    if (!both.shape().equals(List.of(2 * width))) {
      throw new IOException(
          "%s has biases of shape %s, must be [1, %d]"
              .formatted(operator.title(), both.shape(), 2 * width));
    }
    StoredArray bias = half(both, 0);
    StoredArray other = half(both, width);
    switch (gates) {
      case LSTM -> layer.with("bias", bias.plus(other));
      case GRU -> layer.with("bias", bias).with("recurrent-bias", other);
    }
  }

  private StoredArray half(StoredArray both, int from) {
    return both.as(
        List.of(width),
        values -> {
          float[] half = new float[width];
          System.arraycopy(values, from, half, 0, width);
          return gates.fromOnnx(half, units);
        });
  }
}
