package dev.drey.operators.coordination;

import dev.drey.core.work.Round;
import java.util.OptionalLong;

/**
 * Where a run ends before its last step: after the steps that were admitted, or, once these are
 * given up, at the last complete version. Not thread-safe.
 */
final class EarlyEnd {

  private OptionalLong stoppedAt = OptionalLong.empty();
  private OptionalLong givenUpAt = OptionalLong.empty();

  /** The run ends at this version. */
  void stopAt(long steps) {
    stoppedAt = OptionalLong.of(steps);
  }

  /** The steps from this version on are given up. An earlier version than before replaces it. */
  void giveUpAt(long version) {
    givenUpAt = OptionalLong.of(Math.min(version, givenUpAt.orElse(Long.MAX_VALUE)));
  }

  /** The version that was decided; admitted steps are given up without changing it. */
  OptionalLong stoppedAt() {
    return stoppedAt;
  }

  /** The version that the run ends at; empty if that is not decided. */
  OptionalLong last() {
    return givenUpAt.isPresent() ? givenUpAt : stoppedAt;
  }

  boolean isGivenUp() {
    return givenUpAt.isPresent();
  }

  /** Whether the run ends before the round. */
  boolean isBefore(Round round) {
    if (isGivenUp()) {
      return true;
    }
    long evaluated = round.isTraining() ? 0 : 1;
    return stoppedAt.isPresent() && round.step() >= stoppedAt.getAsLong() + evaluated;
  }
}
