package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A layer with a place in the network: a name by which others reach its output, or another layer
 * than the one before it to read from.
 *
 * @param name a letter, then up to 63 letters, digits, dashes or underscores, and not "input"; null
 *     for none
 * @param from the name of the earlier layer whose output it reads, "input" for the network's input;
 *     null for the layer before
 * @param layer not named itself
 */
public record Named(
    @JsonProperty("name") @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
        @Nullable String name,
    @JsonProperty("from") @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
        @Nullable String from,
    @JsonProperty(value = "layer", required = true) LayerSpec layer)
    implements LayerSpec {

  private static final long serialVersionUID = 1L;

  /** What the network's input is called. */
  public static final String INPUT = "input";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  public Named {
    if (name != null && !isName(name)) {
      throw new IllegalArgumentException(
          "name is \""
              + name.substring(0, Math.min(name.length(), 100))
              + "\", must be a letter, then up to 63 letters, digits, dashes or underscores, and"
              + " not input");
    }
    if (layer instanceof Named) {
      throw new IllegalArgumentException("a layer can have one name only");
    }
  }

  /** Whether a layer may have this name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.equals(INPUT);
  }

  @Override
  public List<Integer> outputShape(List<Integer> inputShape) {
    return layer.outputShape(inputShape);
  }

  @Override
  public List<Tensor> tensors(List<Integer> inputShape) {
    return layer.tensors(inputShape);
  }

  @Override
  public long flops(List<Integer> inputShape) {
    return layer.flops(inputShape);
  }

  @Override
  public long workingFloats(List<Integer> inputShape) {
    return layer.workingFloats(inputShape);
  }

  @Override
  public Optional<String> secondInput() {
    return layer.secondInput();
  }

  @Override
  public OptionalInt inputVocabulary() {
    return layer.inputVocabulary();
  }

  @Override
  public boolean mixesExamples() {
    return layer.mixesExamples();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return layer.accept(visitor);
  }
}
