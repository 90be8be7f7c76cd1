package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.data.MiniBatch;
import dev.drey.core.data.RowBatch;
import dev.drey.core.data.Task;
import dev.drey.operators.coordination.GatedOperatorFactory;
import dev.drey.operators.coordination.StepGate;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.minibatch.RowBatchSerializer;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mini-batches in flight, as savepoints of Drey's first format hold them, are computed again. */
@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class RestoredBatchesHarnessTest {

  private static final List<MiniBatch> OLD =
      List.of(
          new MiniBatch(7, 3, Task.GRADIENT, 1, new int[] {4, 2}),
          new MiniBatch(7, 0, Task.EVALUATION, 1, new int[] {9}));
  private static final List<String> NOW =
      List.of(
          "step 7, slot 3, epoch 1, 2 rows", "evaluation of version 7, slot 0, epoch 1, 1 rows");

  @Test
  void miniBatchesOfTheFirstFormatAreRead() throws Exception {
    OperatorSubtaskState old = old();

    try (var harness = harness(new Names(true), old)) {
      drain(harness);

      assertThat(harness.extractOutputValues()).containsExactlyInAnyOrderElementsOf(NOW);
    }
  }

  @Test
  void theNextCheckpointHoldsThemInTheFormatOfToday() throws Exception {
    OperatorSubtaskState next;
    try (var harness = harness(new Names(false), old())) {
      next = harness.snapshot(2, 2);
    }

    try (var harness = harness(new Names(true), next)) {
      drain(harness);

      assertThat(harness.extractOutputValues()).containsExactlyInAnyOrderElementsOf(NOW);
    }
  }

  /** As Flink wrote records that had no serializer of their own. */
  private static OperatorSubtaskState old() throws Exception {
    AsyncFunction<MiniBatch, String> never = (miniBatch, result) -> {};
    var factory =
        new AsyncWaitOperatorFactory<>(never, 0, 100, AsyncDataStream.OutputMode.UNORDERED);
    TypeSerializer<MiniBatch> pojos =
        TypeInformation.of(MiniBatch.class).createSerializer(new SerializerConfigImpl());
    try (var harness = new OneInputStreamOperatorTestHarness<>(factory, pojos)) {
      harness.setup(StringSerializer.INSTANCE);
      harness.open();
      for (MiniBatch miniBatch : OLD) {
        harness.processElement(miniBatch, 0);
      }
      return harness.snapshot(1, 1);
    }
  }

  private static OneInputStreamOperatorTestHarness<RowBatch, String> harness(
      Names function, @Nullable OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new GatedOperatorFactory<>(function, 100, Uids.FIRST, DispatchFunction::current),
            RowBatchSerializer.INSTANCE);
    harness.setup(StringSerializer.INSTANCE);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static void drain(OneInputStreamOperatorTestHarness<?, ?> harness) throws Exception {
    TaskMailbox mailbox = harness.getTaskMailbox();
    for (var mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
        mail.isPresent();
        mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY)) {
      mail.get().run();
    }
  }

  /** Answers with what it was asked for, or never. */
  private record Names(boolean answers) implements AsyncFunction<RowBatch, String>, StepGate.User {

    private static final long serialVersionUID = 1L;

    @Override
    public void connect(StepGate gate, Consumer<Throwable> failJob) {}

    @Override
    public void asyncInvoke(RowBatch batch, ResultFuture<String> result) {
      if (answers) {
        result.complete(List.of(batch.toString()));
      }
    }
  }
}
