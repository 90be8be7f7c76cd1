package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;
import java.util.OptionalInt;

/**
 * y[t] = row x[t] of a table [vocabulary, units], for a sequence x: [time] of whole numbers in [0,
 * vocabulary). The first layer of a network: nothing before it could have a gradient.
 *
 * @param vocabulary how many numbers there are, at least 1
 * @param units values per number, at least 1
 * @param initializer of the table
 */
public record Embedding(
    @JsonProperty(value = "vocabulary", required = true) int vocabulary,
    @JsonProperty(value = "units", required = true) int units,
    @JsonProperty(value = "initializer", required = true) Initializer initializer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  public Embedding {
    Shapes.atLeastOne("embedding", "vocabulary", vocabulary);
    Shapes.atLeastOne("embedding", "units", units);
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    Shapes.require(inputShape.size() == 1, "embedding", inputShape, "must be [time]");
    return List.of(inputShape.get(0), units);
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    return List.of(
        new Tensor.Trained(
            "table", List.of(vocabulary, units), initializer, new Fans(vocabulary, units)));
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return 0;
  }

  @Override
  public OptionalInt inputVocabulary() {
    return OptionalInt.of(vocabulary);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.embedding(this);
  }
}
