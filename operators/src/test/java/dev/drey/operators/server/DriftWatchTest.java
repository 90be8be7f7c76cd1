package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.drift.Adwin;
import dev.drey.core.drift.PageHinkley;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.work.Round;
import dev.drey.operators.coordination.ReplaySpan;
import dev.drey.operators.server.DriftRule.Reaction;
import dev.drey.operators.server.DriftRule.Signal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriftWatchTest {

  private static final float[][] NO_MOMENTS = {};

  @Test
  void aDriftBoostsTheLearningRateWhichFallsBack() {
    DriftWatch watch = watch(Signal.ERROR_RATE, 1, new Reaction.Boost(5, 4));
    assertThat(run(watch, 0, 100, 0.25)).isEmpty();
    assertThat(watch.adjustment(100)).isEqualTo(StepAdjustment.none(100));

    Drift drift = run(watch, 100, 110, 0.75).orElseThrow();

    assertThat(drift).isEqualTo(new Drift(103, 100, 0.25, 0.75));
    assertThat(watch.drifts()).isOne();
    assertThat(watch.adjustment(103)).isEqualTo(new StepAdjustment(5, 104));
    assertThat(watch.adjustment(104)).isEqualTo(new StepAdjustment(4, 105));
    assertThat(watch.adjustment(106)).isEqualTo(new StepAdjustment(2, 107));
    assertThat(watch.adjustment(107)).isEqualTo(StepAdjustment.none(107));
  }

  @Test
  void aDriftResetsTheOptimizer() {
    DriftWatch watch = watch(Signal.ERROR_RATE, 1, new Reaction.ResetOptimizer());
    run(watch, 0, 100, 0.25);
    float[][] moments = {{1, 2}, {3, 4}};
    long step = 100;
    while (watch.applied(sum(step, 0.75), moments).isEmpty()) {
      assertThat(moments[0]).containsExactly(1, 2);
      step++;
    }

    assertThat(moments).isDeepEqualTo(new float[][] {{0, 0}, {0, 0}});
    assertThat(watch.adjustment(step + 1)).isEqualTo(new StepAdjustment(1, 1));
    assertThat(watch.adjustment(step + 7)).isEqualTo(new StepAdjustment(1, 7));
  }

  @Test
  void aDriftIsReplayedFromTheFirstStepThatNobodyCanHaveDealtOut() {
    DriftWatch watch = replaying(50);
    run(watch, 0, 100, 0.25);
    assertThat(watch.replays()).isEmpty();

    Drift drift = run(watch, 100, 110, 0.75).orElseThrow();

    assertThat(drift).isEqualTo(new Drift(103, 100, 0.25, 0.75));
    assertThat(watch.replays()).containsExactly(new ReplaySpan(106, 156, 100));
    assertThat(watch.adjustment(106)).isEqualTo(StepAdjustment.none(106));
    run(watch, 103, 155, 0.75);
    assertThat(watch.replays()).hasSize(1);
    run(watch, 155, 156, 0.75);
    assertThat(watch.replays()).isEmpty();
  }

  /** A reader that has emitted steps of the first may learn of the second only after them. */
  @Test
  void aDriftWithinAReplayBeginsAnotherWhereNobodyHasDealtAnythingOut() {
    DriftWatch watch = replaying(50);
    run(watch, 0, 100, 0.125);
    Drift first = run(watch, 100, 110, 0.5).orElseThrow();
    run(watch, first.version(), 120, 0.5);
    Drift second = run(watch, 120, 150, 1).orElseThrow();

    assertThat(watch.replays())
        .containsExactly(
            new ReplaySpan(first.version() + 3, second.version() + 3, first.began()),
            new ReplaySpan(second.version() + 3, second.version() + 53, second.began()));
  }

  @Test
  void replaysAreRemembered() {
    DriftWatch watch = replaying(50);
    run(watch, 0, 100, 0.25);
    run(watch, 100, 110, 0.75);

    DriftWatch again =
        new DriftWatch(
            new DriftRule(new PageHinkley.Settings(0.02, 1), Signal.ERROR_RATE, 1, replay(50)),
            3,
            watch.toBytes());

    assertThat(again.replays()).isEqualTo(watch.replays()).isNotEmpty();
    assertThat(again.toBytes()).isEqualTo(watch.toBytes());
  }

  /** Version 1 is without replays: three numbers, and the detector. */
  @Test
  void theFirstVersionOfTheStateIsRead() {
    DriftWatch watch = watch(Signal.ERROR_RATE, 1, new Reaction.Boost(5, 4));
    run(watch, 0, 100, 0.25);
    run(watch, 100, 110, 0.75);
    byte[] now = watch.toBytes();
    byte[] first = new byte[now.length - Integer.BYTES];
    first[0] = 1;
    System.arraycopy(now, 1, first, 1, 24);
    System.arraycopy(now, 29, first, 25, now.length - 29);

    DriftRule rule =
        new DriftRule(
            new PageHinkley.Settings(0.02, 1), Signal.ERROR_RATE, 1, new Reaction.Boost(5, 4));
    assertThat(new DriftWatch(rule, 0, first).toBytes()).isEqualTo(now);
  }

  @Test
  void anErrorThatFallsIsNoDrift() {
    DriftWatch watch = watch(Signal.ERROR_RATE, 1, new Reaction.Boost(5, 4));

    assertThat(run(watch, 0, 100, 0.75)).isEmpty();
    assertThat(run(watch, 100, 200, 0.25)).isEmpty();
    assertThat(watch.drifts()).isZero();
    assertThat(watch.adjustment(200)).isEqualTo(StepAdjustment.none(200));
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void whatIsWatchedIsToldInItsOwnUnit(Signal signal) {
    double range = signal == Signal.ERROR_RATE ? 1 : 4;
    DriftWatch watch = watch(signal, range, new Reaction.Nothing());
    run(watch, 0, 100, 0.25);

    Drift drift = run(watch, 100, 110, 0.75).orElseThrow();

    double unit = signal == Signal.LOSS ? 2 : 1; // see sum
    assertThat(drift.before()).isEqualTo(0.25 * unit);
    assertThat(drift.after()).isEqualTo(0.75 * unit);
    assertThat(watch.adjustment(110)).isEqualTo(StepAdjustment.none(110));
  }

  @Test
  void whatIsBeyondTheRangeCountsAsTheRange() {
    DriftWatch watch = watch(Signal.LOSS, 0.5, new Reaction.Nothing());
    run(watch, 0, 100, 0.125);

    Drift drift = run(watch, 100, 110, 1000).orElseThrow();

    assertThat(drift.before()).isEqualTo(0.25);
    assertThat(drift.after()).isEqualTo(0.5);
  }

  @Test
  void aStepWithoutExamplesSaysNothing() {
    DriftWatch watch = watch(Signal.ERROR_RATE, 1, new Reaction.Nothing());
    byte[] before = watch.toBytes();

    watch.applied(sum(0, Tally.ZERO), NO_MOMENTS);

    assertThat(watch.toBytes()).isEqualTo(before);
  }

  @Test
  void whatWasDoneIsRememberedThoughNothingIsWatchedAnyMore() {
    DriftWatch watch = watch(Signal.ERROR_RATE, 1, new Reaction.ResetOptimizer());
    run(watch, 0, 100, 0.25);
    long reset = run(watch, 100, 110, 0.75).orElseThrow().version();

    DriftWatch without = new DriftWatch(null, 0, watch.toBytes());

    assertThat(without.adjustment(200)).isEqualTo(new StepAdjustment(1, 201 - reset));
    assertThat(new DriftWatch(null, 0, without.toBytes()).drifts()).isOne();
  }

  @Test
  void anotherDetectorBeginsAnew() {
    DriftWatch watch = watch(Signal.ERROR_RATE, 1, new Reaction.Boost(2, 1000));
    run(watch, 0, 100, 0.25);
    run(watch, 100, 110, 0.75);

    DriftRule adwin =
        new DriftRule(Adwin.Settings.DEFAULT, Signal.ERROR_RATE, 1, new Reaction.Boost(2, 1000));
    DriftWatch other = new DriftWatch(adwin, 0, watch.toBytes());

    assertThat(other.drifts()).isOne();
    assertThat(other.adjustment(120)).isEqualTo(watch.adjustment(120));
  }

  @Test
  void stateOfAnotherVersionIsRefused() {
    byte[] state = new DriftWatch(null, 0, null).toBytes();
    state[0] = 9;

    assertThatThrownBy(() -> new DriftWatch(null, 0, state)).hasMessageContaining("version 9");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> watch(Signal.LOSS, 0, new Reaction.Nothing()))
        .hasMessageContaining("range is 0");
    assertThatThrownBy(() -> new Reaction.Boost(0, 1)).hasMessageContaining("factor is 0");
    assertThatThrownBy(() -> new Reaction.Boost(2, 0)).hasMessageContaining("steps is 0");
    assertThatThrownBy(() -> replay(0)).hasMessageContaining("steps is 0");
    assertThatThrownBy(() -> new Reaction.Replay(1, 1, 1)).hasMessageContaining("share is 1");
    assertThatThrownBy(() -> new ReplaySpan(5, 5, 0)).hasMessageContaining("steps [5, 5)");
  }

  private static Reaction replay(long steps) {
    return new Reaction.Replay(steps, 10, 0.5);
  }

  /** That may know of a version when three steps from it on are emitted. */
  private static DriftWatch replaying(long steps) {
    return new DriftWatch(
        new DriftRule(new PageHinkley.Settings(0.02, 1), Signal.ERROR_RATE, 1, replay(steps)),
        3,
        null);
  }

  private static DriftWatch watch(Signal signal, double range, Reaction reaction) {
    return new DriftWatch(
        new DriftRule(
            new PageHinkley.Settings(0.02, range == 4 ? 0.25 : 1), signal, range, reaction),
        0,
        null);
  }

  /** The first drift among steps of the same error. */
  private static Optional<Drift> run(DriftWatch watch, long from, long to, double error) {
    for (long step = from; step < to; step++) {
      Optional<Drift> drift = watch.applied(sum(step, error), NO_MOMENTS);
      if (drift.isPresent()) {
        return drift;
      }
    }
    return Optional.empty();
  }

  private static PartialSum sum(long step, double error) {
    return sum(step, new Tally(8, 8 * 2 * error, Math.round(8 * (1 - error)), 0, 0, 0, 8 * error));
  }

  private static PartialSum sum(long step, Tally tally) {
    return new PartialSum(
        Round.training(step), new Range(0, 0), new Range(0, 1), tally, Slice.EMPTY);
  }
}
