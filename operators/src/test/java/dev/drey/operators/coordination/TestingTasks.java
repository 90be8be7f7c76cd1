package dev.drey.operators.coordination;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Tasks that record what they are sent: "0/2" when subtask 0 in its attempt 2 is to publish anew,
 * "held up 0/2" when it learns that the run stood still.
 */
final class TestingTasks {

  final List<String> sent = new ArrayList<>();

  SubtaskGateway gateway(int subtask, int attempt) {
    return new SubtaskGateway() {
      @Override
      public CompletableFuture<Acknowledge> sendEvent(OperatorEvent event) {
        if (event instanceof PauseEnded) {
          sent.add("held up " + subtask + "/" + attempt);
          return CompletableFuture.completedFuture(Acknowledge.get());
        }
        if (!(event instanceof RepublishWeights)) {
          throw new IllegalArgumentException("unexpected event " + event);
        }
        sent.add(subtask + "/" + attempt);
        return CompletableFuture.completedFuture(Acknowledge.get());
      }

      @Override
      public ExecutionAttemptID getExecution() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int getSubtask() {
        return subtask;
      }
    };
  }
}
