package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import dev.drey.operators.coordination.LoopEvent;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Assigns units to tasks, for the same number of tasks always in the same way. Restored readers
 * return the units that they held, and all units are assigned anew for the present parallelism.
 * Forwards the loop's events to all readers, up to the run's last version.
 */
final class UnitEnumerator implements SplitEnumerator<UnitSplit, Boolean> {

  private final SplitEnumeratorContext<UnitSplit> context;
  private final UnitAssignment<UnitSplit> units;
  private final LatestLoopEvents latest;
  private boolean assigned;

  /**
   * @param firstStep of the source
   * @param steps of the plan
   * @param assigned whether units were assigned before the checkpoint that is restored: units that
   *     no reader returns are finished then
   */
  UnitEnumerator(
      SplitEnumeratorContext<UnitSplit> context,
      Shares shares,
      long firstStep,
      long steps,
      boolean assigned) {
    this.context = context;
    this.units = new UnitAssignment<>(shares);
    this.latest = new LatestLoopEvents(steps);
    this.assigned = assigned;
    if (!assigned) {
      for (int unit = 0; unit < shares.units().size(); unit++) {
        units.add(unit, UnitSplit.before(unit, firstStep));
      }
    }
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, @Nullable String hostname) {}

  /** A reader failed, and the whole loop with it: the server will announce its restored version. */
  @Override
  public void addSplitsBack(List<UnitSplit> splits, int subtask) {
    latest.forgetVersion();
    splits.forEach(split -> units.add(split.unit(), split));
  }

  @Override
  public void addReader(int subtask) {
    List<UnitSplit> reported =
        context.registeredReaders().get(subtask).getReportedSplitsOnRegistration();
    reported.forEach(split -> units.add(split.unit(), split));
    latest.all().forEach(event -> context.sendEventToSourceReader(subtask, event));
    int tasks = context.currentParallelism();
    if (context.registeredReaders().size() < tasks) {
      return;
    }
    context.assignSplits(new SplitsAssignment<>(units.assign(tasks)));
    assigned = true;
    for (int task = 0; task < tasks; task++) {
      context.signalNoMoreSplits(task);
    }
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (latest.isOver()) {
      return; // the readers end, and an event for a finished reader fails the job
    }
    ((LoopEvent) event).deliver(latest);
    context
        .registeredReaders()
        .keySet()
        .forEach(reader -> context.sendEventToSourceReader(reader, event));
  }

  @Override
  public Boolean snapshotState(long checkpointId) {
    return assigned;
  }

  @Override
  public void close() {}
}
