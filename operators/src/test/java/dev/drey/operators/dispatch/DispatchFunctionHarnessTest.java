package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.data.RowBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatchFunctionHarnessTest {

  private static final Attempts ATTEMPTS = Attempts.of(1, Duration.ofSeconds(20));

  private final List<Throwable> endsOfTheJob = new CopyOnWriteArrayList<>();

  @Test
  void aMiniBatchBecomesASum() throws Exception {
    var harness = harness(new TestingWorker(TestingWorker::answer), 1);
    harness.processElement(new StreamRecord<>(Runs.training(4, 0)));
    harness.endInput();

    assertThat(harness.extractOutputValues())
        .extracting(PartialSum::slots)
        .containsExactly(new Range(0, 1));
    harness.close();
    assertNoAlarms();
  }

  @Test
  void aSlotThatWouldFailAgainEndsTheJobForGood() throws Exception {
    TestingWorker worker = new TestingWorker(TestingWorker.failing(Kind.REJECTED, Bill.NOTHING));
    var harness = harness(worker, 1);
    harness.processElement(new StreamRecord<>(Runs.training(4, 0)));

    assertThat(endsOfTheJob)
        .hasSize(1)
        .allSatisfy(end -> assertThat(end).isInstanceOf(SlotFailedException.class));
    assertThat(harness.getEnvironment().getActualExternalFailureCause()).isEmpty();
    harness.close();
  }

  @Test
  void closingGivesUpWhatWaitsAndFailsNothing() throws Exception {
    List<CompletableFuture<WorkResult>> calls = new ArrayList<>();
    TestingWorker worker =
        new TestingWorker(
            request -> {
              calls.add(new CompletableFuture<>());
              return calls.get(calls.size() - 1);
            });
    var harness = harness(worker, 1);
    harness.processElement(new StreamRecord<>(Runs.training(4, 0))); // under way
    harness.processElement(new StreamRecord<>(Runs.training(4, 1))); // in line
    assertThat(calls).hasSize(1);

    harness.close();
    calls.get(0).completeExceptionally(TestingWorker.failure(Kind.REJECTED, Bill.NOTHING));

    assertThat(calls).hasSize(1);
    assertThat(endsOfTheJob).isEmpty();
    assertThat(harness.getEnvironment().getActualExternalFailureCause()).isEmpty();
    assertNoAlarms();
  }

  @Test
  void everyTaskNeedsAPermit() {
    assertThatThrownBy(() -> harness(new TestingWorker(TestingWorker::answer), 0))
        .hasMessage("concurrency is 0, must be at least the 1 dispatch tasks");
  }

  private OneInputStreamOperatorTestHarness<RowBatch, PartialSum> harness(
      TestingWorker worker, int concurrency) throws Exception {
    DispatchFunction<RowBatch> function =
        new DispatchFunction<>(Runs.WITH_TEST, ATTEMPTS, concurrency, () -> worker);
    function.connect(TestingGate.open(), endsOfTheJob::add);
    var harness =
        new OneInputStreamOperatorTestHarness<RowBatch, PartialSum>(
            new AsyncWaitOperatorFactory<>(function, 0, 10, OutputMode.UNORDERED),
            TypeInformation.of(RowBatch.class).createSerializer(new SerializerConfigImpl()));
    harness.getEnvironment().setExpectedExternalFailureCause(Throwable.class);
    harness.open();
    return harness;
  }

  /** The thread of the alarms ends with the function. */
  private static void assertNoAlarms() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("dispatch-alarms-")) {
        thread.join(20_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
