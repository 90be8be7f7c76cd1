package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;

/**
 * A long short-term memory over a sequence x: [time, features]. With gates a = x[t] W + h U + b: c
 * = sigmoid(a_f) c + sigmoid(a_i) tanh(a_g), h = sigmoid(a_o) tanh(c); h and c start at zero. W:
 * [features, 4 units], U: [units, 4 units], b: [4 units], gates in the order i, f, g, o. Hochreiter
 * and Schmidhuber (1997), forget gate by Gers et al. (2000); b of the forget gate starts at 1,
 * Jozefowicz et al. (2015), section 4.
 *
 * @param units size of h, at least 1
 * @param sequences whether the output is every h, [time, units], or the last one, [units]
 * @param initializer of W and U
 */
public record Lstm(
    @JsonProperty(value = "units", required = true) int units,
    @JsonProperty(value = "sequences", required = true) boolean sequences,
    @JsonProperty(value = "initializer", required = true) Initializer initializer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public Lstm {
    Shapes.atLeastOne("lstm", "units", units);
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.requireSequence("lstm", inputShape);
    return sequences ? List.of(inputShape.get(0), units) : List.of(units);
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    int features = inputShape.get(1);
    int gates = Math.multiplyExact(4, units);
    return List.of(
        new Tensor.Trained(
            "kernel", List.of(features, gates), initializer, new Fans(features, gates)),
        new Tensor.Trained(
            "recurrent-kernel", List.of(units, gates), initializer, new Fans(units, gates)),
        new Tensor.Trained("bias", List.of(gates), new LstmBiasInitializer(units)));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    long gates = 4L * units;
    return inputShape.get(0) * (2 * gates * (inputShape.get(1) + units) + 16L * units);
  }

  @Override
  public long workingFloats(List<Integer> inputShape) {
    return (inputShape.get(0) + 1L) * (inputShape.get(1) + 7L * units + 1);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.lstm(this);
  }
}
