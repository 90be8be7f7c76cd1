package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;

/**
 * A gated recurrent unit over a sequence x: [time, features]: r = sigmoid(x[t] W_r + h U_r + b_r +
 * c_r), z = sigmoid(x[t] W_z + h U_z + b_z + c_z), n = tanh(x[t] W_n + b_n + r (h U_n + c_n)), h =
 * (1 - z) n + z h; h starts at zero. W: [features, 3 units], U: [units, 3 units], b and c: [3
 * units], gates in the order r, z, n. Cho et al. (2014), with the reset after the product, as
 * cuDNN, PyTorch and Keras compute it.
 *
 * @param units size of h, at least 1
 * @param sequences whether the output is every h, [time, units], or the last one, [units]
 * @param initializer of W and U
 */
public record Gru(
    @JsonProperty(value = "units", required = true) int units,
    @JsonProperty(value = "sequences", required = true) boolean sequences,
    @JsonProperty(value = "initializer", required = true) Initializer initializer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public Gru {
    Shapes.atLeastOne("gru", "units", units);
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.requireSequence("gru", inputShape);
    return sequences ? List.of(inputShape.get(0), units) : List.of(units);
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    int features = inputShape.get(1);
    int gates = Math.multiplyExact(3, units);
    return List.of(
        new Tensor.Trained(
            "kernel", List.of(features, gates), initializer, new Fans(features, gates)),
        new Tensor.Trained(
            "recurrent-kernel", List.of(units, gates), initializer, new Fans(units, gates)),
        new Tensor.Trained("bias", List.of(gates), Initializer.ZEROS),
        new Tensor.Trained("recurrent-bias", List.of(gates), Initializer.ZEROS));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    long gates = 3L * units;
    return inputShape.get(0) * (2 * gates * (inputShape.get(1) + units) + 14L * units);
  }

  @Override
  public long workingFloats(List<Integer> inputShape) {
    return (inputShape.get(0) + 1L) * (inputShape.get(1) + 6L * units + 1);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.gru(this);
  }
}
