package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.work.Round;
import dev.drey.operators.coordination.ExampleAccount;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RunAccountTest {

  private final TestingClock clock = new TestingClock();
  private final StepTimer timer = new StepTimer(() -> clock.millis * 1_000_000);

  @Test
  void stepsAddUp() {
    RunAccount account = new RunAccount(Progress.NONE, clock, timer, 1, 100);
    assertThat(account.progress()).isEqualTo(Progress.NONE);

    clock.millis += 30;
    account.applied(sum(Round.Kind.TRAINING, 0, new Tally(4, 2, 3, 2, 1, 50)));
    clock.millis += 12;
    Tally last = new Tally(4, 1, 4, 2, 0, 40);
    account.applied(sum(Round.Kind.TRAINING, 1, last));

    assertThat(account.progress())
        .isEqualTo(
            new Progress(
                2,
                new Tally(8, 3, 7, 4, 1, 90),
                last,
                0,
                Tally.ZERO,
                42,
                ExampleAccount.NONE,
                Tally.ZERO,
                timer.times()));
    assertThat(timer.times().seconds()).isEqualTo(0.012);
  }

  @Test
  void anEvaluationCostsButTrainsOnNothing() {
    RunAccount account = new RunAccount(Progress.NONE, clock, timer, 1, 100);
    Tally step = new Tally(4, 2, 3, 2, 1, 50);
    Tally evaluation = new Tally(100, 9, 80, 2, 1, 10);
    account.applied(sum(Round.Kind.TRAINING, 0, step));

    account.evaluated(sum(Round.Kind.EVALUATION, 1, evaluation));

    assertThat(account.progress())
        .isEqualTo(
            new Progress(
                1,
                new Tally(4, 2, 3, 4, 2, 60),
                step,
                1,
                evaluation,
                0,
                ExampleAccount.NONE,
                Tally.ZERO,
                timer.times()));
  }

  @Test
  void afterARestoreTimeGoesOnFromWhereItWas() {
    clock.millis = 1_000_000;
    RunAccount account =
        new RunAccount(
            new Progress(
                7,
                new Tally(1, 0, 0, 0, 0, 5),
                Tally.ZERO,
                6,
                Tally.ZERO,
                500,
                ExampleAccount.NONE,
                Tally.ZERO,
                StepTimes.NONE),
            clock,
            timer,
            1,
            100);
    clock.millis += 20;

    account.applied(sum(Round.Kind.TRAINING, 7, new Tally(1, 0, 0, 0, 0, 6)));

    assertThat(account.progress().millis()).isEqualTo(520);
    assertThat(account.progress().version()).isEqualTo(8);
    assertThat(account.progress().evaluatedVersion()).isEqualTo(6);
    assertThat(account.progress().totals().billedMillis()).isEqualTo(11);
  }

  private static PartialSum sum(Round.Kind kind, long step, Tally tally) {
    return new PartialSum(
        new Round(kind, step), new Range(0, 0), new Range(0, 2), tally, Slice.EMPTY);
  }
}
