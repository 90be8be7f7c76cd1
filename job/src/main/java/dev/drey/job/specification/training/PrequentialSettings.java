package dev.drey.job.specification.training;

import dev.drey.core.prequential.Prequential;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import java.util.List;

/** How the prequential error is written in a specification. */
final class PrequentialSettings {

  private static final int MOST_EXAMPLES = 1_000_000;

  private static final Key<Prequential.Settings, Integer> WINDOW =
      Key.of(
              "window",
              Numbers.whole(1, MOST_EXAMPLES),
              Prequential.Settings::window,
              "examples of the sliding window; it has the last steps that have as many together")
          .orElse(Prequential.Settings.DEFAULT.window());

  private static final Key<Prequential.Settings, Double> FADING =
      Key.of(
              "fading",
              Numbers.decimal("a number above 0 and at most 1", f -> f > 0 && f <= 1),
              Prequential.Settings::fading,
              "what an example's weight is multiplied by with each that follows, in the faded error")
          .orElse(Prequential.Settings.DEFAULT.fading());

  static final Section<Prequential.Settings> SECTION =
      new Section<>(
          List.of(WINDOW, FADING),
          values -> new Prequential.Settings(values.get(WINDOW), values.get(FADING)));

  private PrequentialSettings() {}
}
