package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.source.event.SourceEventWrapper;
import org.apache.flink.util.SerializedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CoordinatorGateTest {

  private static final Uids UIDS = new Uids("this-", 1);
  private static final Round ROUND = Round.training(3);
  private static final Admission ADMITTED =
      new Admission.Admitted(new Weights(3, List.of()), List.of());

  private final TestingGateway gateway = new TestingGateway();
  private final CoordinatorGate gate = new CoordinatorGate(gateway, UIDS);

  @Test
  void theServersCoordinatorIsAsked() throws Exception {
    CompletableFuture<Admission> admission = gate.await(ROUND);
    assertThat(gateway.asked).containsExactly(OperatorIds.of(UIDS.server()));
    assertThat(gateway.requests).containsExactly(new StepRequest.Await(ROUND));

    gateway.answers.get(0).complete(PackedAnswer.of(ADMITTED));

    assertThat(admission.join()).isEqualTo(ADMITTED);
    assertThat(gateway.sent).isEmpty();
  }

  @Test
  void aCallThatTimesOutIsMadeAgain() {
    CompletableFuture<Admission> admission = gate.await(ROUND);
    gateway.answers.get(0).completeExceptionally(new TimeoutException("ask timed out"));
    gateway
        .answers
        .get(1)
        .completeExceptionally(new CompletionException(new TimeoutException("once more")));
    assertThat(admission).isNotDone();

    gateway.answers.get(2).complete(PackedAnswer.of(ADMITTED));

    assertThat(admission.join()).isEqualTo(ADMITTED);
  }

  @Test
  void anyOtherFailureIsPassedOn() {
    CompletableFuture<Admission> admission = gate.await(ROUND);

    gateway.answers.get(0).completeExceptionally(new IllegalStateException("restarted"));

    assertThatThrownBy(admission::join).hasRootCauseMessage("restarted");
    assertThat(gateway.answers).hasSize(1);
  }

  @Test
  void whoIsRefusedTellsTheSource() {
    CompletableFuture<Admission> admission = gate.await(ROUND);

    gateway.answers.get(0).complete(PackedAnswer.of(new Admission.Stopped(2)));

    assertThat(admission.join()).isEqualTo(new Admission.Stopped(2));
    assertThat(gateway.toldWhom).containsExactly(OperatorIds.of(UIDS.source()));
    assertThat(((SourceEventWrapper) gateway.sent.get(0)).getSourceEvent())
        .isEqualTo(new LoopEvent.StopAt(2));
  }

  /** Keeps what it is given; each question is answered by the test. */
  private static final class TestingGateway implements TaskOperatorEventGateway {
    final List<OperatorID> asked = new ArrayList<>();
    final List<CoordinationRequest> requests = new ArrayList<>();
    final List<CompletableFuture<CoordinationResponse>> answers = new ArrayList<>();
    final List<OperatorID> toldWhom = new ArrayList<>();
    final List<OperatorEvent> sent = new ArrayList<>();

    @Override
    public void sendOperatorEventToCoordinator(
        OperatorID operator, SerializedValue<OperatorEvent> event) {
      toldWhom.add(operator);
      sent.add(deserialized(event));
    }

    @Override
    public CompletableFuture<CoordinationResponse> sendRequestToCoordinator(
        OperatorID operator, SerializedValue<CoordinationRequest> request) {
      asked.add(operator);
      requests.add(deserialized(request));
      CompletableFuture<CoordinationResponse> answer = new CompletableFuture<>();
      answers.add(answer);
      return answer;
    }

    private static <T> T deserialized(SerializedValue<T> value) {
      try {
        return value.deserializeValue(CoordinatorGateTest.class.getClassLoader());
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
