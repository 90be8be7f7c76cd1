package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.data.RowBatch;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Round;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.operators.aggregate.PartialSumSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flink's async operator around the dispatcher: in-flight mini-batches are sent again. */
@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class DispatchHarnessTest {

  private static final int MAX_PARALLELISM = 128;

  /** Answers every slot, and is the same wherever it is opened. */
  private static final GradientWorker.Provider ALL = () -> new TestingWorker(TestingWorker::answer);

  /** Never answers odd slots. */
  private static final GradientWorker.Provider EVEN =
      () -> new TestingWorker(DispatchHarnessTest::even);

  private static CompletableFuture<WorkResult> even(WorkRequest request) {
    return request.id().slot() % 2 == 0 ? TestingWorker.answer(request) : new CompletableFuture<>();
  }

  @Test
  void everyMiniBatchBecomesASum() throws Exception {
    try (var harness = harness(ALL, 1, 0, null)) {
      process(harness, inputs());

      assertThat(names(harness.extractOutputValues())).containsExactlyInAnyOrderElementsOf(names());
      assertThat(harness.extractOutputValues())
          .filteredOn(sum -> sum.round().kind() == Round.Kind.TRAINING)
          .extracting(sum -> sum.values().toArray())
          .containsOnly(new float[] {1, 2, 3});
    }
  }

  @Test
  void aRestoreAfterEveryInputLosesAndRepeatsNothing() throws Exception {
    List<PartialSum> sums = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (RowBatch input : inputs()) {
      try (var harness = harness(EVEN, 1, 0, state)) {
        process(harness, List.of(input));
        state = harness.snapshot(1, 1);
        sums.addAll(harness.extractOutputValues());
      }
    }
    assertThat(names(sums)).hasSize(names().size() / 2);
    try (var harness = harness(ALL, 1, 0, state)) {
      drain(harness);
      sums.addAll(harness.extractOutputValues());
    }

    assertThat(names(sums)).containsExactlyInAnyOrderElementsOf(names());
  }

  /** What a task does after its last checkpoint is lost with it, and its inputs come again. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "3, 1"})
  void aRestoreAtAnyInputAndParallelismLosesAndRepeatsNothing(int before, int after)
      throws Exception {
    for (int cut = 0; cut <= inputs().size(); cut++) {
      List<RowBatch> first = inputs().subList(0, cut);
      List<RowBatch> rest = inputs().subList(cut, inputs().size());
      List<PartialSum> sums = new ArrayList<>();
      OperatorSubtaskState[] states = new OperatorSubtaskState[before];
      for (int task = 0; task < before; task++) {
        try (var harness = harness(EVEN, before, task, null)) {
          process(harness, own(first, before, task));
          sums.addAll(harness.extractOutputValues());
          states[task] = harness.snapshot(1, 1);
          process(harness, own(rest, before, task));
        }
      }
      OperatorSubtaskState state = AbstractStreamOperatorTestHarness.repackageState(states);
      for (int task = 0; task < after; task++) {
        OperatorSubtaskState part =
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, after, task);
        try (var harness = harness(ALL, after, task, part)) {
          process(harness, own(rest, after, task));
          sums.addAll(harness.extractOutputValues());
        }
      }

      assertThat(names(sums)).as("a cut at %d", cut).containsExactlyInAnyOrderElementsOf(names());
    }
  }

  /** Two steps and an evaluation of four slots. */
  private static List<RowBatch> inputs() {
    List<RowBatch> inputs = new ArrayList<>();
    for (int slot = 0; slot < 4; slot++) {
      inputs.add(Runs.training(0, slot));
      inputs.add(Runs.evaluation(1, slot));
      inputs.add(Runs.training(1, slot));
    }
    return inputs;
  }

  private static List<RowBatch> own(List<RowBatch> inputs, int tasks, int task) {
    return inputs.stream().filter(input -> input.slot() % tasks == task).toList();
  }

  private static List<String> names() {
    return inputs().stream()
        .map(input -> input.round().kind() + " " + input.step() + "/" + input.slot())
        .toList();
  }

  private static List<String> names(List<PartialSum> sums) {
    return sums.stream()
        .map(sum -> sum.round().kind() + " " + sum.round().step() + "/" + sum.slots().from())
        .toList();
  }

  private static void process(
      OneInputStreamOperatorTestHarness<RowBatch, PartialSum> harness, List<RowBatch> inputs)
      throws Exception {
    for (RowBatch input : inputs) {
      harness.processElement(new StreamRecord<>(input));
    }
    drain(harness);
  }

  /** Lets the task do what answers gave it to do. */
  private static void drain(OneInputStreamOperatorTestHarness<RowBatch, PartialSum> harness)
      throws Exception {
    TaskMailbox mailbox = harness.getTaskMailbox();
    for (var mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
        mail.isPresent();
        mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY)) {
      mail.get().run();
    }
  }

  private static OneInputStreamOperatorTestHarness<RowBatch, PartialSum> harness(
      GradientWorker.Provider workers, int tasks, int task, @Nullable OperatorSubtaskState state)
      throws Exception {
    DispatchFunction<RowBatch> function =
        new DispatchFunction<>(
            Runs.WITH_TEST, Attempts.of(1, Duration.ofMinutes(5)), 3 * inputs().size(), workers);
    function.connect(
        TestingGate.open(),
        cause -> {
          throw new AssertionError("nothing was to end the job", cause);
        });
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new AsyncWaitOperatorFactory<>(function, 0, 100, AsyncDataStream.OutputMode.UNORDERED),
            MAX_PARALLELISM,
            tasks,
            task);
    harness
        .getStreamConfig()
        .setupNetworkInputs(
            TypeInformation.of(RowBatch.class).createSerializer(new SerializerConfigImpl()));
    harness.getStreamConfig().serializeAllConfigs();
    harness.setup(new PartialSumSerializer());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
