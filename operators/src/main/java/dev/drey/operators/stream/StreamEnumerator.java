package dev.drey.operators.stream;

import dev.drey.core.aggregation.Shares;
import dev.drey.operators.coordination.LoopEvent;
import dev.drey.operators.minibatch.LatestLoopEvents;
import dev.drey.operators.minibatch.UnitAssignment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Assigns units to tasks, and lets the source of records assign its partitions, once all readers
 * are registered: restored readers first return the splits that they held. Sends readers how far
 * the loop is, which steps were begun, and where the run ends.
 *
 * @param <S> split of the source of records
 * @param <E> state of its enumerator
 */
final class StreamEnumerator<S extends SourceSplit, E>
    implements SplitEnumerator<StreamSplit, StreamEnumeratorState<E>> {

  private final SplitEnumeratorContext<StreamSplit> context;
  private final PartitionContext<S> partitionContext;
  private final SplitEnumerator<S, E> records;
  private final UnitAssignment<StreamSplit> units;
  private final LatestLoopEvents latest;

  private final Map<String, StreamSplit.Partition<S>> partitions = new TreeMap<>();
  private final List<Runnable> early = new ArrayList<>();
  private final Set<Integer> ended = new HashSet<>();
  private boolean assigned;
  private long begun;
  private LoopEvent.@Nullable StopAt end;

  /**
   * @param partitionContext the context of {@code records}
   * @param assigned whether units were assigned before the checkpoint that is restored
   */
  StreamEnumerator(
      SplitEnumeratorContext<StreamSplit> context,
      PartitionContext<S> partitionContext,
      SplitEnumerator<S, E> records,
      StreamPlan plan,
      boolean assigned) {
    this.context = context;
    this.partitionContext = partitionContext;
    this.records = records;
    Shares shares = plan.shares();
    this.units = new UnitAssignment<>(shares);
    this.latest = new LatestLoopEvents(plan.steps().steps());
    this.assigned = assigned;
    partitionContext.until(this::isOver);
    if (!assigned) {
      for (int unit = 0; unit < shares.units().size(); unit++) {
        units.add(unit, StreamSplit.Unit.before(unit, plan.firstStep()));
      }
    }
  }

  @Override
  public void start() {
    records.start();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String hostname) {
    whenKnown(subtask, () -> records.handleSplitRequest(subtask, hostname));
  }

  /** Runs the action as soon as the source of records knows the reader. */
  private void whenKnown(int subtask, Runnable action) {
    if (partitionContext.knows(subtask)) {
      action.run();
    } else {
      early.add(action);
    }
  }

  /** A reader failed, and the whole loop with it: the server will announce its restored version. */
  @Override
  public void addSplitsBack(List<StreamSplit> splits, int subtask) {
    latest.forgetVersion();
    begun = 0;
    end = null;
    ended.clear();
    early.clear();
    partitionContext.lose(subtask);
    splits.forEach(this::takeBack);
  }

  @SuppressWarnings("unchecked") // readers read the same source's partitions
  private void takeBack(StreamSplit split) {
    if (split instanceof StreamSplit.Unit unit) {
      units.add(unit.place().unit(), unit);
      begun = Math.max(begun, unit.stepsBegun());
    } else {
      StreamSplit.Partition<S> partition = (StreamSplit.Partition<S>) split;
      partitions.put(partition.id(), partition);
    }
  }

  @Override
  public void addReader(int subtask) {
    List<StreamSplit> reported =
        context.registeredReaders().get(subtask).getReportedSplitsOnRegistration();
    reported.forEach(this::takeBack);
    latest.all().forEach(event -> context.sendEventToSourceReader(subtask, event));
    if (context.registeredReaders().size() == context.currentParallelism()) {
      assign();
    }
  }

  private void assign() {
    int tasks = context.currentParallelism();
    context.assignSplits(new SplitsAssignment<>(units.assign(tasks)));
    assigned = true;
    partitions.values().forEach(partitionContext::brought);
    List<S> back = partitions.values().stream().map(StreamSplit.Partition::split).toList();
    partitions.clear();
    if (!back.isEmpty()) {
      records.addSplitsBack(back, 0);
    }
    for (int task = 0; task < tasks; task++) {
      partitionContext.introduce(task);
      records.addReader(task);
    }
    List.copyOf(early).forEach(Runnable::run);
    early.clear();
    if (begun > 0) {
      sendToAll(new StreamEvent.StepBegun(begun));
    }
    sendToAll(new StreamEvent.SplitsAssigned());
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (isOver()) {
      return; // the readers end, and an event for a finished reader fails the job
    }
    if (event instanceof LoopEvent loopEvent) {
      loopEvent.deliver(latest);
      sendToAll(loopEvent);
    } else if (event instanceof StreamEvent.StepBegun step) {
      begin(step.steps());
    } else if (event instanceof StreamEvent.InputEnded input) {
      begin(input.steps());
      ended.add(subtask);
      if (ended.size() == context.currentParallelism()) {
        end = new LoopEvent.StopAt(begun);
        sendToAll(end);
      }
    } else {
      whenKnown(subtask, () -> records.handleSourceEvent(subtask, event));
    }
  }

  private void begin(long steps) {
    if (steps > begun) {
      begun = steps;
      sendToAll(new StreamEvent.StepBegun(steps));
    }
  }

  private boolean isOver() {
    return latest.isOver() || (end != null && latest.hasReached(end.steps()));
  }

  private void sendToAll(SourceEvent event) {
    context
        .registeredReaders()
        .keySet()
        .forEach(reader -> context.sendEventToSourceReader(reader, event));
  }

  @Override
  public StreamEnumeratorState<E> snapshotState(long checkpointId) throws Exception {
    return new StreamEnumeratorState<>(assigned, records.snapshotState(checkpointId));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    records.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    records.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
