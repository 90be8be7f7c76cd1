package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import dev.drey.operators.coordination.LoopEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Deals units to tasks, always the same unit to the same task of so many. After a restore readers
 * bring back what they held, and the units are dealt anew for the parallelism there is now. Passes
 * on to all readers what the loop tells, up to the run's last version.
 */
final class UnitEnumerator implements SplitEnumerator<UnitSplit, Boolean> {

  private final SplitEnumeratorContext<UnitSplit> context;
  private final Shares shares;
  private final long steps;
  private final Map<Integer, UnitSplit> toDeal = new TreeMap<>();
  private boolean dealt;
  private LoopEvent.@Nullable VersionReached version;
  private LoopEvent.@Nullable StopAt stopAt;

  /**
   * @param firstStep to be dealt out
   * @param steps of the plan
   * @param dealt whether units were dealt out before the checkpoint that is restored: those that no
   *     reader brings back are finished then
   */
  UnitEnumerator(
      SplitEnumeratorContext<UnitSplit> context,
      Shares shares,
      long firstStep,
      long steps,
      boolean dealt) {
    this.context = context;
    this.shares = shares;
    this.steps = steps;
    this.dealt = dealt;
    if (!dealt) {
      for (int unit = 0; unit < shares.units().size(); unit++) {
        toDeal.put(unit, UnitSplit.before(unit, firstStep));
      }
    }
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, @Nullable String hostname) {}

  /** A reader failed, and the whole loop with it: the server goes back and will tell to where. */
  @Override
  public void addSplitsBack(List<UnitSplit> splits, int subtask) {
    version = null;
    splits.forEach(split -> toDeal.put(split.unit(), split));
  }

  @Override
  public void addReader(int subtask) {
    List<UnitSplit> reported =
        context.registeredReaders().get(subtask).getReportedSplitsOnRegistration();
    reported.forEach(split -> toDeal.put(split.unit(), split));
    tell(subtask, version);
    tell(subtask, stopAt);
    int tasks = context.currentParallelism();
    if (context.registeredReaders().size() < tasks) {
      return;
    }
    int[] taskOf = shares.tasks(tasks);
    Map<Integer, List<UnitSplit>> assignment = new HashMap<>();
    for (UnitSplit split : toDeal.values()) {
      assignment.computeIfAbsent(taskOf[split.unit()], task -> new ArrayList<>()).add(split);
    }
    context.assignSplits(new SplitsAssignment<>(assignment));
    toDeal.clear();
    dealt = true;
    for (int task = 0; task < tasks; task++) {
      context.signalNoMoreSplits(task);
    }
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (over()) {
      return; // the readers end, and an event that is lost on its way fails the job
    }
    if (event instanceof LoopEvent.VersionReached reached) {
      version = reached;
    } else if (event instanceof LoopEvent.StopAt stop) {
      stopAt = stop;
    }
    context.registeredReaders().keySet().forEach(reader -> tell(reader, event));
  }

  private boolean over() {
    long last = stopAt == null ? steps : Math.min(steps, stopAt.steps());
    return version != null && version.version() >= last;
  }

  private void tell(int reader, @Nullable SourceEvent event) {
    if (event != null) {
      context.sendEventToSourceReader(reader, event);
    }
  }

  @Override
  public Boolean snapshotState(long checkpointId) {
    return dealt;
  }

  @Override
  public void close() {}
}
