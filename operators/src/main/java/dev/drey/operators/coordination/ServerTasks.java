package dev.drey.operators.coordination;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** The parameter server's tasks, as they run now. Not thread-safe. */
final class ServerTasks {

  private final Map<Integer, Integer> attempts = new HashMap<>();
  private final Map<Integer, Line> lines = new HashMap<>();

  private record Line(int attempt, SubtaskGateway gateway) {}

  /** Whether no later attempt of the task is known: what an earlier one tells is history. */
  boolean isCurrent(int subtask, int attempt) {
    return attempts.merge(subtask, attempt, Math::max) == attempt;
  }

  /** An attempt can be told something. */
  void ready(int subtask, int attempt, SubtaskGateway gateway) {
    if (isCurrent(subtask, attempt)) {
      lines.put(subtask, new Line(attempt, gateway));
    }
  }

  /** An attempt cannot be told anything any more. */
  void lost(int subtask, int attempt) {
    lines.computeIfPresent(subtask, (s, line) -> line.attempt == attempt ? null : line);
  }

  void publishAnew() {
    lines.keySet().forEach(this::publishAnew);
  }

  void publishAnew(int subtask) {
    tell(subtask, new PublishAnew());
  }

  void heldUp() {
    lines.keySet().forEach(subtask -> tell(subtask, new HeldUp()));
  }

  /** Tells all tasks where the run ends. */
  void stopping(long steps) {
    lines.keySet().forEach(subtask -> stopping(subtask, steps));
  }

  void stopping(int subtask, long steps) {
    tell(subtask, new Stopping(steps));
  }

  private void tell(int subtask, OperatorEvent event) {
    Line line = lines.get(subtask);
    if (line != null) {
      var unused = line.gateway.sendEvent(event); // if it is lost, Flink fails the task
    }
  }
}
