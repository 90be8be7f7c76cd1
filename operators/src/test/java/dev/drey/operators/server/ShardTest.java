package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Sgd;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.work.Round;
import dev.drey.operators.Sums;
import dev.drey.operators.coordination.StepPolicy.Tolerance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ShardTest {

  private static final Range RANGE = new Range(4, 6);
  private static final UpdateRule RULE =
      new UpdateRule(
          new Sgd(), new StepRates(LearningRate.constant(1), 100, 1), 0, null, List.of());

  private final Shard shard = new Shard(2, RANGE, new float[] {10, 20}, new float[0][], 0);

  @Test
  void aStepIsAppliedOnce() throws Exception {
    PartialSum sum = sum(0, 1, 2);
    assertThat(shard.ready()).isFalse();

    assertThat(shard.offer(sum)).isTrue();
    assertThat(shard.ready()).isTrue();
    assertThat(shard.applyNext(RULE, Tolerance.NONE).sum()).isSameAs(sum);

    assertThat(shard.weights()).containsExactly(9, 18);
    assertThat(shard.version()).isOne();
    assertThat(shard.ready()).isFalse();
    assertThat(shard.offer(sum)).isFalse();
    assertThat(shard.ready()).isFalse();
  }

  @Test
  void sumsThatComeEarlyWaitForTheStepsBefore() throws Exception {
    assertThat(shard.offer(sum(2, 4, 4))).isTrue();
    assertThat(shard.offer(sum(1, 2, 2))).isTrue();
    assertThat(shard.ready()).isFalse();
    assertThat(shard.early().keySet()).containsExactly(1L, 2L);
    assertThat(shard.offer(sum(0, 1, 1))).isTrue();

    for (long step = 0; step < 3; step++) {
      assertThat(shard.applyNext(RULE, Tolerance.NONE).sum().round().step()).isEqualTo(step);
    }

    assertThat(shard.weights()).containsExactly(3, 13);
    assertThat(shard.early()).isEmpty();
  }

  @Test
  void aSumThatWaitsAlreadyIsPassedOver() throws Exception {
    assertThat(shard.offer(sum(1, 2, 2))).isTrue();
    assertThat(shard.offer(sum(1, 7, 7))).isFalse();
    shard.offer(sum(0, 0, 0));
    shard.applyNext(RULE, Tolerance.NONE);

    shard.applyNext(RULE, Tolerance.NONE);

    assertThat(shard.weights()).containsExactly(8, 18);
  }

  @Test
  void aStepWithoutASumCannotBeApplied() {
    shard.offer(sum(1, 2, 2));

    assertThatThrownBy(() -> shard.applyNext(RULE, Tolerance.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("shard 2 has no sum of step 0");
  }

  @Test
  void aSumThatIsNotFiniteLeavesTheShardAsItWas() {
    shard.offer(sum(0, 1, Float.NaN));

    assertThatThrownBy(() -> shard.applyNext(RULE, Tolerance.NONE))
        .isInstanceOf(RefusedStepException.class);

    assertThat(shard.version()).isZero();
    assertThat(shard.weights()).containsExactly(10, 20);
  }

  /** As of a stream, whose examples nobody has looked at before. */
  @Test
  void stepsOfWhichNothingCanBeComputedLeaveTheWeightsUntilThereAreTooMany() throws Exception {
    for (int step = 0; step < 3; step++) {
      shard.offer(failedStep(step));
      shard.applyNext(RULE, new Tolerance(0, 3));
    }
    assertThat(shard.version()).isEqualTo(3);
    assertThat(shard.weights()).containsExactly(10, 20);

    shard.offer(failedStep(3));
    assertThatThrownBy(() -> shard.applyNext(RULE, new Tolerance(0, 3)))
        .isInstanceOf(RefusedStepException.class)
        .hasMessageContaining("none of its examples could be computed");
  }

  @Test
  void aStepOfWhichSomethingCanBeComputedMakesUpForThoseBefore() throws Exception {
    for (int step = 0; step < 8; step += 2) {
      shard.offer(failedStep(step));
      shard.applyNext(RULE, new Tolerance(0, 1));
      shard.offer(sum(step + 1, 0, 0));
      shard.applyNext(RULE, new Tolerance(0, 1));
    }

    assertThat(shard.version()).isEqualTo(8);
  }

  private static PartialSum failedStep(long step) {
    PartialSum empty =
        new PartialSum(
            Round.training(step),
            RANGE,
            new Range(0, 1),
            Tally.ZERO,
            Slice.of(new float[RANGE.length()]));
    return Sums.lacking(empty, DropReason.NOT_FINITE, 4);
  }

  private static PartialSum sum(long step, float... values) {
    return Sums.root(step, RANGE, 1, values);
  }
}
