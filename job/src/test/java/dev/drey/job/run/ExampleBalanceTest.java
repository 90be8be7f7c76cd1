package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.StepPlan;
import dev.drey.core.stream.Intake;
import dev.drey.operators.coordination.ExampleAccount;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepTimes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleBalanceTest {

  /** Four steps of 4, 4, 2 and 4 examples. */
  private static final StepPlan PLAN =
      new StepPlan(
          new StepPlan.Settings(new int[10], new int[0], 2, 2, 1, new StepPlan.Length.Steps(4)));

  @Test
  void whatWasPlannedAndPutBackIsCountedOrDropped() {
    ExampleBalance balance = ExampleBalance.of(progress(3, 8, 2), PLAN.examples(3));

    assertThat(balance.planned()).isEqualTo(10);
    assertThat(balance.offered()).isEqualTo(12);
    assertThat(balance.byReason().toString()).isEqualTo("{late=3, faulty=1, not-finite=0}");
    assertThatCode(balance::check).doesNotThrowAnyException();
  }

  @Test
  void anExampleThatIsMissingFailsTheRun() {
    assertThatThrownBy(() -> ExampleBalance.of(progress(4, 11, 2), PLAN.examples(4)).check())
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            "the examples do not balance: 16 were assigned (14 planned, 2 put back), 11 were counted"
                + " and 4 dropped. The model cannot be trusted");
  }

  @Test
  void ofAStreamAllThatWasReadToTrainOnIsCountedOrDropped() {
    Intake.PartitionIntake reach = new Intake.PartitionIntake(20, 13, 4, 3, new byte[0]);
    Progress read = progress(3, 9, 0);
    Progress last =
        new Progress(
            read.version(),
            read.totals(),
            read.last(),
            0,
            Tally.ZERO,
            0,
            read.account(),
            new Intake(Map.of("flights-0", reach), null),
            Tally.ZERO,
            StepTimes.NONE);

    ExampleBalance balance = ExampleBalance.of(last, last.intake().trained());

    assertThat(balance.planned()).isEqualTo(13);
    assertThatCode(balance::check).doesNotThrowAnyException();
    assertThatThrownBy(() -> ExampleBalance.of(read, read.intake().trained()).check())
        .isInstanceOf(RunFailedException.class);
  }

  private static Progress progress(long version, long counted, long putBack) {
    Drops dropped = new Drops(Map.of(DropReason.LATE, 3L, DropReason.FAULTY, 1L));
    return new Progress(
        version,
        new Tally(counted, 0, 0, 0, 0, 0),
        Tally.ZERO,
        0,
        Tally.ZERO,
        0,
        new ExampleAccount(dropped, putBack, Map.of()),
        Tally.ZERO,
        StepTimes.NONE);
  }
}
