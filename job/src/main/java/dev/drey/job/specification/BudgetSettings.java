package dev.drey.job.specification;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Section;
import java.util.List;
import java.util.Optional;

/**
 * Limits at which a run ends early, with its model saved.
 *
 * @param dollars at Lambda's price, above 0; empty for no limit
 * @param steps at least 1; empty for no limit
 */
public record BudgetSettings(Optional<Double> dollars, Optional<Long> steps) {

  static final Key<BudgetSettings, Optional<Double>> DOLLARS =
      Key.of(
              "dollars",
              new OrWord<>(Numbers.decimal("a number above 0", d -> d > 0), "none"),
              BudgetSettings::dollars,
              "US dollars of Lambda's price; local workers are counted as if AWS ran them")
          .orElse(Optional.empty());

  static final Key<BudgetSettings, Optional<Long>> STEPS =
      Key.of(
              "steps",
              new OrWord<>(Numbers.count(1), "none"),
              BudgetSettings::steps,
              "weight updates, whatever training.epochs says")
          .orElse(Optional.empty());

  static final Section<BudgetSettings> SECTION =
      new Section<>(
          List.of(DOLLARS, STEPS),
          values -> new BudgetSettings(values.get(DOLLARS), values.get(STEPS)));
}
