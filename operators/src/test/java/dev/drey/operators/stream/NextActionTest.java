package dev.drey.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import dev.drey.operators.alarm.ManualAlarms;
import dev.drey.operators.coordination.LoopEvent;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.stream.NextAction.Action;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class NextActionTest {

  private static final Duration WAIT = Duration.ofMillis(100);
  private static final int MINI_BATCH = 2;

  private final ManualAlarms alarms = new ManualAlarms();
  private final PartitionEncoders partitions =
      new PartitionEncoders(new TestingEncoder.Maker(false));
  private final OpenUnits units =
      new OpenUnits(
          new StreamPlan(
              new StreamSteps(MINI_BATCH, WAIT, Long.MAX_VALUE, 0, 1),
              null,
              Structure.of(1, 1),
              0,
              4));
  private final NextAction next =
      new NextAction(units, partitions, new StepTimeout(WAIT, alarms, () -> {}));

  @BeforeEach
  void startAtTheFirstStep() {
    units.add(StreamSplit.Unit.before(0, 0));
    units.versionReached(new LoopEvent.VersionReached(0));
  }

  private StreamUnit head() {
    return Objects.requireNonNull(units.head());
  }

  private void read(long offset) {
    head()
        .train(
            new PlacedExample(
                new Position("p0", offset), new Example(new float[0], new float[0], false)),
            0);
    next.exampleRead();
    units.begin(head().step() + 1);
  }

  @Test
  void recordsAreReadUntilTheMiniBatchIsFull() {
    partitions.add("p0", null);
    next.polled(InputStatus.MORE_AVAILABLE);
    read(0);
    assertThat(next.of(head())).isEqualTo(Action.READ);

    read(1);

    assertThat(next.of(head())).isEqualTo(Action.EMIT);
    assertThat(next.isDueNow(head())).isTrue();
  }

  @Test
  void whenTheTimeIsOverWhatIsThereIsStillRead() {
    partitions.add("p0", null);
    read(0);
    assertThat(next.of(head())).isEqualTo(Action.READ);
    alarms.pass(WAIT);
    assertThat(next.of(head())).isEqualTo(Action.READ);

    next.polled(InputStatus.NOTHING_AVAILABLE);

    assertThat(next.of(head())).isEqualTo(Action.EMIT);
  }

  @Test
  void aSilentStreamIsWaitedForWithoutAnEnd() {
    partitions.add("p0", null);
    next.polled(InputStatus.NOTHING_AVAILABLE);
    assertThat(next.isDueNow(head())).isFalse();

    alarms.pass(WAIT.multipliedBy(100));

    assertThat(next.of(head())).isEqualTo(Action.READ);
    assertThat(next.isDueNow(head())).isFalse();
  }

  @Test
  void aTaskWithoutPartitionsEmitsAnEmptyMiniBatchForAStepOfOthers() {
    assertThat(next.of(head())).isEqualTo(Action.READ);
    units.begin(1);
    assertThat(next.of(head())).isEqualTo(Action.READ); // it may be given a partition yet

    next.splitsAssigned();

    assertThat(next.of(head())).isEqualTo(Action.EMIT);
  }

  @Test
  void afterTheEndOfTheInputOnlyBegunStepsAreEmitted() {
    partitions.add("p0", null);
    next.polled(InputStatus.END_OF_INPUT);
    assertThat(next.inputEnded()).isTrue();
    assertThat(next.of(head())).isEqualTo(Action.WAIT);

    units.begin(1);

    assertThat(next.of(head())).isEqualTo(Action.EMIT);
  }

  @Test
  void aRunThatStopsEmitsWhatItHas() {
    partitions.add("p0", null);
    read(0);

    units.stopAt(new LoopEvent.StopAt(1));

    assertThat(next.of(head())).isEqualTo(Action.EMIT);
  }
}
