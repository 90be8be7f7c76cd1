package dev.drey.job.specification.training;

import dev.drey.core.optimizer.Adam;
import dev.drey.core.optimizer.AdamW;
import dev.drey.core.optimizer.Momentum;
import dev.drey.core.optimizer.Nesterov;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.optimizer.Sgd;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import java.util.List;
import java.util.function.Function;

/** How an optimizer is written: {@code adam}, or {@code adam: {beta1: 0.8}}. */
final class Optimizers {

  private static final Type<Float> SHARE =
      Numbers.single("a number from 0 to below 1", b -> b >= 0 && (float) b < 1);

  private static final Type<Float> INNER_SHARE =
      Numbers.single("a number between 0 and 1", b -> (float) b > 0 && (float) b < 1);

  private static final Type<Float> POSITIVE =
      Numbers.single("a number above 0", e -> (float) e > 0);

  private static final Type<Float> NOT_NEGATIVE =
      Numbers.single("a number of at least 0", w -> w >= 0);

  static final Type<Optimizer> TYPE =
      new Union<>(
          Optimizer.class,
          List.of(
              new Union.Case<>(Adam.DEFAULT.name(), Adam.class, adam()),
              new Union.Case<>(AdamW.DEFAULT.name(), AdamW.class, adamW()),
              new Union.Case<>(
                  new Sgd().name(), Sgd.class, new Section<>(List.of(), values -> new Sgd())),
              new Union.Case<>(Momentum.DEFAULT.name(), Momentum.class, momentum()),
              new Union.Case<>(Nesterov.DEFAULT.name(), Nesterov.class, nesterov())));

  private Optimizers() {}

  private static Section<Adam> adam() {
    Key<Adam, Float> beta1 = beta1(Adam::beta1);
    Key<Adam, Float> beta2 = beta2(Adam::beta2);
    Key<Adam, Float> epsilon = epsilon(Adam::epsilon);
    return new Section<>(
        List.of(beta1, beta2, epsilon),
        values -> new Adam(values.get(beta1), values.get(beta2), values.get(epsilon)));
  }

  private static Section<AdamW> adamW() {
    Key<AdamW, Float> beta1 = beta1(AdamW::beta1);
    Key<AdamW, Float> beta2 = beta2(AdamW::beta2);
    Key<AdamW, Float> epsilon = epsilon(AdamW::epsilon);
    Key<AdamW, Float> decay =
        Key.of(
                "weight-decay",
                NOT_NEGATIVE,
                AdamW::weightDecay,
                "share of each weight that a step at learning rate 1 takes away")
            .orElse(AdamW.DEFAULT.weightDecay());
    return new Section<>(
        List.of(beta1, beta2, epsilon, decay),
        values ->
            new AdamW(
                values.get(beta1), values.get(beta2), values.get(epsilon), values.get(decay)));
  }

  private static Section<Momentum> momentum() {
    Key<Momentum, Float> momentum =
        Key.of("momentum", SHARE, Momentum::momentum, "share of the previous step that is kept")
            .orElse(Momentum.DEFAULT.momentum());
    return new Section<>(List.of(momentum), values -> new Momentum(values.get(momentum)));
  }

  private static Section<Nesterov> nesterov() {
    Key<Nesterov, Float> momentum =
        Key.of(
                "momentum",
                INNER_SHARE,
                Nesterov::momentum,
                "share of the previous step that is kept")
            .orElse(Nesterov.DEFAULT.momentum());
    return new Section<>(List.of(momentum), values -> new Nesterov(values.get(momentum)));
  }

  private static <R> Key<R, Float> beta1(Function<R, Float> component) {
    return Key.of("beta1", SHARE, component, "decay of the mean of gradients, per step")
        .orElse(Adam.DEFAULT.beta1());
  }

  private static <R> Key<R, Float> beta2(Function<R, Float> component) {
    return Key.of("beta2", SHARE, component, "decay of the mean of squared gradients, per step")
        .orElse(Adam.DEFAULT.beta2());
  }

  private static <R> Key<R, Float> epsilon(Function<R, Float> component) {
    return Key.of("epsilon", POSITIVE, component, "keeps the division from overflowing")
        .orElse(Adam.DEFAULT.epsilon(), "1e-8");
  }
}
