package dev.drey.operators.coordination;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** The running attempts of the parameter server's tasks. Not thread-safe. */
final class ServerTasks {

  private final Map<Integer, Integer> attempts = new HashMap<>();
  private final Map<Integer, Line> lines = new HashMap<>();

  private OptionalLong announcedEnd = OptionalLong.empty();

  private record Line(int attempt, SubtaskGateway gateway) {}

  /** Whether no later attempt of the task is known: events of earlier attempts are ignored. */
  boolean isCurrent(int subtask, int attempt) {
    return attempts.merge(subtask, attempt, Math::max) == attempt;
  }

  /** An attempt is ready to receive events. */
  void ready(int subtask, int attempt, SubtaskGateway gateway) {
    if (isCurrent(subtask, attempt)) {
      lines.put(subtask, new Line(attempt, gateway));
    }
  }

  /** An attempt receives no events any more. */
  void lost(int subtask, int attempt) {
    lines.computeIfPresent(subtask, (s, line) -> line.attempt == attempt ? null : line);
  }

  void republish() {
    lines.keySet().forEach(this::republish);
  }

  void republish(int subtask) {
    send(subtask, new RepublishWeights());
  }

  void pauseEnded() {
    lines.keySet().forEach(subtask -> send(subtask, new PauseEnded()));
  }

  /** Sends all tasks the run's last version, unless it is the one that they know. */
  void announceEnd(OptionalLong last) {
    if (!last.equals(announcedEnd)) {
      announcedEnd = last;
      last.ifPresent(steps -> lines.keySet().forEach(subtask -> announceStop(subtask, steps)));
    }
  }

  void announceStop(int subtask, long steps) {
    send(subtask, new StopNotice(steps));
  }

  private void send(int subtask, OperatorEvent event) {
    Line line = lines.get(subtask);
    if (line != null) {
      var unused = line.gateway.sendEvent(event); // if it is lost, Flink fails the task
    }
  }
}
