package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.PartialSum.Round;
import dev.drey.core.cost.Price;
import dev.drey.core.data.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StepCoordinatorTest {

  /** A millisecond costs a dollar. */
  private static final Price PRICE = new Price(1000, 0);

  private static final int ONE_GIGABYTE = 1024;

  private long nanos;

  @Test
  void dispatchersLearnWhatShardsAnnounced() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    CompletableFuture<CoordinationResponse> admission = await(coordinator, 1);
    assertThat(admission).isNotDone();

    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 1));

    assertThat(((Admission.Admitted) admission.join()).weights().version()).isOne();
  }

  @Test
  void theClientLearnsHowFarTheRunIs() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    Announcement announcement = Announcements.billed(4, 9);
    coordinator.handleEventFromOperator(0, 0, announcement);

    assertThat(coordinator.handleCoordinationRequest(new StepRequest.Report()).join())
        .isEqualTo(announcement.progress());
  }

  @Test
  void theClientStopsARunWithTheStepsThatAreOut() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 3));
    await(coordinator, 3).join();
    CompletableFuture<CoordinationResponse> next = await(coordinator, 4);

    assertThat(coordinator.handleCoordinationRequest(new StepRequest.Stop()).join())
        .isEqualTo(new Admission.Stopped(4));

    assertThat(next.join()).isEqualTo(new Admission.Stopped(4));
  }

  @Test
  void noStepGoesOutOnceTheBudgetIsSpent() {
    StepCoordinator coordinator = coordinator(10);
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(0, 0));
    await(coordinator, 0).join();
    coordinator.handleEventFromOperator(0, 0, Announcements.billed(1, 9));
    await(coordinator, 1).join();
    CompletableFuture<CoordinationResponse> beyond = await(coordinator, 2);

    coordinator.handleEventFromOperator(0, 0, Announcements.billed(2, 10));

    assertThat(beyond.join()).isEqualTo(new Admission.Stopped(2));
  }

  @Test
  void aRunRestoredWithItsBudgetSpentStopsWhereItIs() {
    StepCoordinator coordinator = coordinator(10);
    coordinator.resetToCheckpoint(1, checkpoint(coordinator(10)));

    coordinator.handleEventFromOperator(0, 0, Announcements.billed(50, 11));

    assertThat(await(coordinator, 50).join()).isEqualTo(new Admission.Stopped(50));
  }

  @Test
  void theDecisionToStopIsInTheCheckpoint() {
    StepCoordinator before = coordinator(Double.POSITIVE_INFINITY);
    before.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    await(before, 6).join();
    before.handleCoordinationRequest(new StepRequest.Stop()).join();

    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(before));

    assertThat(await(after, 7).join()).isEqualTo(new Admission.Stopped(7));
    CompletableFuture<CoordinationResponse> last = await(after, 6);
    assertThat(last).isNotDone();
    after.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    assertThat(last.join()).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void stopRightAfterARestoreFinishesTheStepThatWasOut() {
    StepCoordinator before = coordinator(Double.POSITIVE_INFINITY);
    before.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    await(before, 6).join();
    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(before));

    assertThat(after.handleCoordinationRequest(new StepRequest.Stop()).join())
        .isEqualTo(new Admission.Stopped(7));
  }

  @Test
  void aRunThatWasNotStoppedGoesOnAfterARestore() {
    StepCoordinator after = coordinator(Double.POSITIVE_INFINITY);
    after.resetToCheckpoint(1, checkpoint(coordinator(Double.POSITIVE_INFINITY)));
    after.handleEventFromOperator(0, 0, Announcements.of(0, 6));

    assertThat(await(after, 6).join()).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aRestartWithoutACheckpointForgetsTheVersions() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 6));

    coordinator.resetToCheckpoint(-1, null);

    assertThat(await(coordinator, 6)).isNotDone();
  }

  @Test
  void aResetSubtaskMustAnnounceAgain() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    coordinator.handleEventFromOperator(0, 0, Announcements.of(0, 6));
    CompletableFuture<CoordinationResponse> waiting = await(coordinator, 7);

    coordinator.subtaskReset(0, 1);

    assertThat(waiting).isCompletedExceptionally();
    assertThat(await(coordinator, 6)).isNotDone();
  }

  @Test
  void everyCheckpointIsCompletedAtOnce() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    var unused = await(coordinator, 5);
    for (long id = 1; id < 4; id++) {
      CompletableFuture<byte[]> result = new CompletableFuture<>();
      coordinator.checkpointCoordinator(id, result);
      assertThat(result).isCompleted();
    }
  }

  @Test
  void closingLeavesNobodyWaiting() {
    StepCoordinator coordinator = coordinator(Double.POSITIVE_INFINITY);
    CompletableFuture<CoordinationResponse> waiting = await(coordinator, 5);

    coordinator.close();

    assertThat(waiting).isCompletedExceptionally();
  }

  @Test
  void strangersAreRefused() {
    StepCoordinator coordinator = coordinator(1);

    assertThatThrownBy(() -> coordinator.handleEventFromOperator(0, 0, new StrangeEvent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("StrangeEvent");
    assertThatThrownBy(() -> coordinator.handleCoordinationRequest(new StrangeRequest()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("StrangeRequest");
  }

  @Test
  void aHopelessFailureEndsTheJobForGood() {
    List<Throwable> ends = new ArrayList<>();
    StepCoordinator coordinator = coordinator(1, ends::add);

    var answer =
        coordinator.handleCoordinationRequest(
            new StepRequest.Fail(new SerializedThrowable(new IOException("no such data"))));

    assertThat(answer).isCompleted();
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("no such data");
  }

  private record StrangeEvent() implements OperatorEvent {
    private static final long serialVersionUID = 1L;
  }

  private record StrangeRequest() implements CoordinationRequest {
    private static final long serialVersionUID = 1L;
  }

  private StepCoordinator coordinator(double dollars) {
    return coordinator(
        dollars,
        cause -> {
          throw new AssertionError("nobody asked for the end of the job", cause);
        });
  }

  private StepCoordinator coordinator(double dollars, Consumer<Throwable> failJob) {
    return new StepCoordinator(
        new CoordinationSettings(
            1,
            0,
            EvaluationSchedule.NEVER,
            new Budget(dollars, PRICE, ONE_GIGABYTE),
            0,
            Duration.ofMinutes(1)),
        failJob,
        () -> nanos);
  }

  private static CompletableFuture<CoordinationResponse> await(
      StepCoordinator coordinator, long step) {
    return coordinator.handleCoordinationRequest(
        new StepRequest.Await(new Round(Task.GRADIENT, step)));
  }

  private static byte[] checkpoint(StepCoordinator coordinator) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    coordinator.checkpointCoordinator(1, result);
    return result.join();
  }
}
