package dev.drey.operators.coordination;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.source.event.SourceEventWrapper;
import org.apache.flink.util.SerializedValue;

/** Sends events from a task of the loop to the enumerator of its source. Thread-safe. */
final class SourceLine {

  private final TaskOperatorEventGateway gateway;
  private final OperatorID source;

  SourceLine(TaskOperatorEventGateway gateway, String sourceUid) {
    this.gateway = gateway;
    this.source = OperatorIds.of(sourceUid);
  }

  void send(LoopEvent event) {
    try {
      gateway.sendOperatorEventToCoordinator(
          source, new SerializedValue<>(new SourceEventWrapper(event)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
