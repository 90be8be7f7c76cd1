package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.optimizer.Sgd;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Shards;
import dev.drey.core.parameters.Slice;
import dev.drey.core.work.Round;
import dev.drey.operators.Sums;
import dev.drey.operators.coordination.StepPolicy.Tolerance;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a shard after a restore. */
@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class ShardStateHarnessTest {

  private static final Range RANGE = new Range(0, 2);
  private static final KeySelector<PartialSum, Integer> ONE_KEY = sum -> 1;

  @Test
  void failedStepsAreCountedOnAfterARestore() throws Exception {
    OperatorSubtaskState state = afterTwoFailedSteps(new Keeper(false));

    try (var harness = harness(new Keeper(false), state)) {
      harness.processElement(failedStep(2), 0);

      assertThat(harness.extractOutputValues()).containsExactly(3);
    }
  }

  @Test
  void aSavepointWithoutTheirNumberHasNone() throws Exception {
    OperatorSubtaskState state = afterTwoFailedSteps(new Keeper(true));

    try (var harness = harness(new Keeper(true), state)) {
      harness.processElement(failedStep(2), 0);

      assertThat(harness.extractOutputValues()).containsExactly(1);
    }
  }

  private static OperatorSubtaskState afterTwoFailedSteps(Keeper keeper) throws Exception {
    try (var harness = harness(keeper, null)) {
      harness.processElement(failedStep(0), 0);
      harness.processElement(failedStep(1), 0);
      assertThat(harness.extractOutputValues()).containsExactly(1, 2);
      return harness.snapshot(1, 1);
    }
  }

  private static PartialSum failedStep(long step) {
    PartialSum nothing =
        new PartialSum(
            Round.training(step),
            RANGE,
            new Range(0, 1),
            Tally.ZERO,
            Slice.of(new float[RANGE.length()]));
    return Sums.lacking(nothing, DropReason.NOT_FINITE, 4);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, PartialSum, Integer> harness(
      Keeper keeper, @Nullable OperatorSubtaskState state) throws Exception {
    var harness = new KeyedOneInputStreamOperatorTestHarness<>(keeper, ONE_KEY, Types.INT);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  /** Applies sums to one shard, and emits how many steps in a row failed. */
  private static final class Keeper extends AbstractStreamOperator<Integer>
      implements OneInputStreamOperator<PartialSum, Integer> {

    private static final long serialVersionUID = 1L;
    private static final Optimizer SGD = new Sgd();

    private final boolean old;
    private transient ShardState state;
    private transient @Nullable Shard shard;

    /**
     * @param old whether the state is to be as it was before it had the number of failed steps
     */
    Keeper(boolean old) {
      this.old = old;
    }

    private static UpdateRule rule() {
      return new UpdateRule(
          SGD, new StepRates(LearningRate.constant(1), 100, 1), 0, null, List.of());
    }

    private static ServerSettings.Model model() {
      Shards shards = new Shards(RANGE.length(), 1);
      return new ServerSettings.Model(shards, () -> new float[RANGE.length()], rule());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      state = new ShardState(context.getKeyedStateStore());
    }

    @Override
    public void processElement(StreamRecord<PartialSum> element) throws Exception {
      if (shard == null) {
        shard = state.read(0, model(), 0);
      }
      if (shard == null) {
        shard = new Shard(0, RANGE, new float[RANGE.length()], new float[0][], 0);
      }
      shard.offer(element.getValue());
      shard.applyNext(rule(), new Tolerance(0, 10));
      output.collect(new StreamRecord<>(shard.failedSteps()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
      super.snapshotState(context);
      setCurrentKey(1);
      state.write(Objects.requireNonNull(shard), SGD);
      if (old) {
        getRuntimeContext().getState(new ValueStateDescriptor<>("failed-steps", Types.INT)).clear();
      }
    }
  }
}
