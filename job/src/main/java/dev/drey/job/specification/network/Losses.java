package dev.drey.job.specification.network;

import dev.drey.core.network.Loss;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import java.util.List;
import java.util.Optional;

/** How a loss is written: {@code huber}, or {@code huber: {delta: 2}}. */
final class Losses {

  static final Type<Loss> TYPE =
      new Union<>(
          Loss.class,
          List.of(
              new Union.Case<>(
                  "softmax-cross-entropy", Loss.SoftmaxCrossEntropy.class, softmaxCrossEntropy()),
              new Union.Case<>(
                  "binary-cross-entropy",
                  Loss.BinaryCrossEntropy.class,
                  new Section<>(List.of(), values -> new Loss.BinaryCrossEntropy())),
              new Union.Case<>(
                  "mean-squared-error",
                  Loss.MeanSquaredError.class,
                  new Section<>(List.of(), values -> new Loss.MeanSquaredError())),
              new Union.Case<>(
                  "half-squared-error",
                  Loss.HalfSquaredError.class,
                  new Section<>(List.of(), values -> new Loss.HalfSquaredError())),
              new Union.Case<>("huber", Loss.Huber.class, huber())));

  private Losses() {}

  private static Section<Loss.SoftmaxCrossEntropy> softmaxCrossEntropy() {
    Key<Loss.SoftmaxCrossEntropy, Float> smoothing =
        Key.of(
                "label-smoothing",
                Numbers.single("a number from 0 to below 1", s -> s >= 0 && (float) s < 1),
                Loss.SoftmaxCrossEntropy::labelSmoothing,
                "share of the target that is spread evenly over all classes")
            .orElse(0f);
    Key<Loss.SoftmaxCrossEntropy, Optional<List<Float>>> weights =
        Key.of(
                "class-weights",
                new Maybe<>(
                    new ListOf<>("weights", Numbers.single("a number of at least 0", w -> w >= 0))),
                (Loss.SoftmaxCrossEntropy loss) ->
                    Optional.of(loss.classWeights()).filter(each -> !each.isEmpty()),
                "what the loss of each class is multiplied by, one number per class")
            .orElse(Optional.empty(), "all 1");
    return new Section<>(
        List.of(smoothing, weights),
        values ->
            new Loss.SoftmaxCrossEntropy(
                values.get(smoothing), values.get(weights).orElse(List.of())));
  }

  private static Section<Loss.Huber> huber() {
    Key<Loss.Huber, Float> delta =
        Key.of(
                "delta",
                Numbers.single("a number above 0", d -> (float) d > 0),
                Loss.Huber::delta,
                "the error from which on the loss grows linearly")
            .orElse(1f);
    return new Section<>(List.of(delta), values -> new Loss.Huber(values.get(delta)));
  }
}
