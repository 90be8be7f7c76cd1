package dev.drey.job.specification.data;

import dev.drey.core.data.Normalization;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import java.util.List;
import java.util.Optional;

/** Where the normalization of the features comes from. */
public sealed interface NormalizationSettings {

  /** The numbers, if they are known without the data; empty if they are computed from the data. */
  Optional<Normalization> given();

  /** Features stay as they are. */
  record None() implements NormalizationSettings {
    @Override
    public Optional<Normalization> given() {
      return Optional.of(Normalization.NONE);
    }
  }

  /** Bytes in [0, 255] to [0, 1]. */
  record Unit() implements NormalizationSettings {
    @Override
    public Optional<Normalization> given() {
      return Optional.of(Normalization.UNIT);
    }
  }

  /** Mean 0 and deviation 1 of each column over the training rows. */
  record Standard() implements NormalizationSettings {
    @Override
    public Optional<Normalization> given() {
      return Optional.empty();
    }
  }

  /**
   * Given numbers.
   *
   * @param normalization one mean and deviation for all columns, or one for each
   */
  record Fixed(Normalization normalization) implements NormalizationSettings {
    @Override
    public Optional<Normalization> given() {
      return Optional.of(normalization);
    }
  }

  /** How the key is written. */
  Type<NormalizationSettings> TYPE =
      new Union<>(
          NormalizationSettings.class,
          List.of(
              new Union.Case<>("none", None.class, new Section<>(List.of(), in -> new None())),
              new Union.Case<>("unit", Unit.class, new Section<>(List.of(), in -> new Unit())),
              new Union.Case<>(
                  "standard", Standard.class, new Section<>(List.of(), in -> new Standard())),
              new Union.Case<>("fixed", Fixed.class, fixed())));

  private static Section<Fixed> fixed() {
    Key<Fixed, List<Float>> mean =
        Key.of(
            "mean",
            new ListOf<>("numbers", Numbers.single("a number", m -> true)),
            fixed -> fixed.normalization.mean(),
            "what is subtracted: one value, or one per column");
    Key<Fixed, List<Float>> deviation =
        Key.of(
            "deviation",
            new ListOf<>("numbers", Numbers.single("a number other than 0", d -> (float) d != 0)),
            fixed -> fixed.normalization.deviation(),
            "what the difference is divided by: as many values as mean");
    return new Section<>(
        List.of(mean, deviation),
        values -> new Fixed(new Normalization(values.get(mean), values.get(deviation))));
  }
}
