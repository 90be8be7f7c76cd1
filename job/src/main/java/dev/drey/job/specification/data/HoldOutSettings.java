package dev.drey.job.specification.data;

import dev.drey.core.feature.HoldOut;
import dev.drey.core.record.FieldPath;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import java.util.List;
import java.util.Optional;

/**
 * Which records of a stream are held out for evaluations.
 *
 * @param fraction of the keys, in [0, 1)
 * @param field with the key; empty for the record's own key
 * @param every steps between two evaluations
 */
public record HoldOutSettings(double fraction, Optional<FieldPath> field, long every) {

  static final Key<HoldOutSettings, Double> FRACTION =
      Key.of(
              "fraction",
              Numbers.decimal("a number from 0 to below 1", f -> f >= 0 && f < 1),
              HoldOutSettings::fraction,
              "share of the keys whose records are not trained on, by the key's hash: a key is"
                  + " always on the same side")
          .orElse(0.0);

  static final Key<HoldOutSettings, Optional<FieldPath>> FIELD =
      Key.of(
              "field",
              new Maybe<>(FeatureKeys.FIELD),
              HoldOutSettings::field,
              "field with the key; a record without a key counts by its position")
          .orElse(Optional.empty(), "the record's own key");

  static final Key<HoldOutSettings, Long> EVERY =
      Key.of(
              "every",
              Numbers.count(1),
              HoldOutSettings::every,
              "steps between two evaluations on held-out records")
          .orElse(100L);

  static final Section<HoldOutSettings> SECTION =
      new Section<>(
          List.of(FRACTION, FIELD, EVERY),
          in -> new HoldOutSettings(in.get(FRACTION), in.get(FIELD), in.get(EVERY)));

  public HoldOut holdOut() {
    return new HoldOut(fraction, field.orElse(null));
  }
}
