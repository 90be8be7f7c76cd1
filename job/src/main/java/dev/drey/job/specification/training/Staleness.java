package dev.drey.job.specification.training;

import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Yaml;
import java.util.Optional;

/**
 * How many steps old the weights may be that a step is computed with: 0 is synchronous.
 *
 * @param bound at least 0; empty for no bound
 */
public record Staleness(Optional<Integer> bound) {

  /** Every step waits for the one before. */
  public static final Staleness SYNCHRONOUS = new Staleness(Optional.of(0));

  private static final Type<Optional<Integer>> BOUND =
      new OrWord<>(Numbers.whole(0, 1_000_000), "unbounded");

  static final Type<Staleness> TYPE =
      new Type<>() {
        @Override
        public Optional<Staleness> read(Yaml yaml, Reading reading) {
          return BOUND.read(yaml, reading).map(Staleness::new);
        }

        @Override
        public Object write(Staleness value) {
          return BOUND.write(value.bound);
        }

        @Override
        public String expects() {
          return BOUND.expects();
        }
      };

  /** The oldest version of the weights that a step may be computed with. */
  public long oldestVersion(long step) {
    return bound.map(steps -> Math.max(0, step - steps)).orElse(0L);
  }
}
