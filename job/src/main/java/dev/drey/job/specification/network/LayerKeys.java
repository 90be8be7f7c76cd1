package dev.drey.job.specification.network;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import dev.drey.job.specification.key.Words;
import java.util.function.Function;

/** Keys that several kinds of layer share. */
final class LayerKeys {

  static final Type<Integer> SIZE = Numbers.whole(1, Integer.MAX_VALUE);

  private LayerKeys() {}

  /**
   * How a kind of layer is written, under the name that it has in {@link LayerSpec}.
   *
   * @param meaning as {@link Union.Case} has it
   */
  static <C extends LayerSpec> Union.Case<C> layer(
      Class<C> type, Section<C> section, String meaning) {
    return new Union.Case<>(LayerSpec.kind(type), type, section, meaning);
  }

  static <R> Key<R, Activation> activation(Function<R, Activation> component) {
    return Key.of("activation", Words.of(Activation.class), component, "function of each output")
        .orElse(Activation.LINEAR);
  }

  static <R> Key<R, Initializer> initializer(
      Function<R, Initializer> component, Initializer fallback) {
    return Key.of(
            "initializer",
            Words.of(Initializer.class),
            component,
            "how the weights start; biases start at zero")
        .orElse(fallback);
  }

  static <R> Key<R, Float> epsilon(Function<R, Float> component) {
    return Key.of(
            "epsilon",
            Numbers.single("a number above 0", e -> (float) e > 0),
            component,
            "added to the variance, so that no division is by zero")
        .orElse(1e-5f, "1e-5");
  }
}
