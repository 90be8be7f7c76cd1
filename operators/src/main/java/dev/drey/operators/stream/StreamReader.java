package dev.drey.operators.stream;

import dev.drey.core.stream.RawRecord;
import dev.drey.operators.alarm.Alarms;
import dev.drey.operators.coordination.LoopEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads records for the next mini-batch of a task, and puts the mini-batch out once it is full or
 * its time is over. Slots are filled one after the other, in the order of (step, unit, slot), and
 * only those that may soon be computed: so no more is read ahead of the parameter server. {@link
 * OpenUnits} says which slot is next, {@link NextAction} what to do for it.
 *
 * @param <S> split of the source of records
 */
@SuppressWarnings("try") // as Flink declares close
final class StreamReader<S extends SourceSplit> implements SourceReader<StreamItem, StreamSplit> {

  private final SourceReader<RawRecord, S> records;
  private final SourceReaderContext context;
  private final OpenUnits units;
  private final PartitionEncoders partitions;
  private final StepTimeout timeout;
  private final Alarms alarms;
  private final UnitFiller filler;
  private final NextAction next;

  private final WakeUpSignal wakeUp = new WakeUpSignal();
  private final RecordBuffer buffer = new RecordBuffer();
  private @Nullable CompletableFuture<Void> watched;
  private boolean endReported;

  /**
   * @param records the source of records, used by this reader only
   * @param alarms closed with the reader
   */
  StreamReader(
      SourceReader<RawRecord, S> records,
      PartitionEncoders partitions,
      StreamPlan plan,
      SourceReaderContext context,
      Alarms alarms) {
    this.records = records;
    this.partitions = partitions;
    this.context = context;
    this.units = new OpenUnits(plan);
    this.timeout = new StepTimeout(plan.steps().maxWait(), alarms, wakeUp::signal);
    this.alarms = alarms;
    this.filler = new UnitFiller(partitions, context.metricGroup());
    this.next = new NextAction(units, partitions, timeout);
  }

  @Override
  public void start() {
    records.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<StreamItem> output) throws Exception {
    StreamUnit head = units.head();
    if (head != null) {
      switch (next.of(head)) {
        case EMIT -> emit(head, output);
        case READ -> read(head, output);
        case WAIT -> {}
      }
    }
    reportEnd();
    return status();
  }

  private InputStatus status() {
    if (units.ended()) {
      return InputStatus.END_OF_INPUT;
    }
    StreamUnit head = units.head();
    return head != null && next.isDueNow(head)
        ? InputStatus.MORE_AVAILABLE
        : InputStatus.NOTHING_AVAILABLE;
  }

  private void emit(StreamUnit head, ReaderOutput<StreamItem> output) {
    if (!head.evaluates()) {
      begin(head.step());
    }
    next.emitted();
    units.remove(head);
    output.collect(item(head));
    units.add(head);
  }

  private StreamItem item(StreamUnit head) {
    OptionalLong since = units.replayedSince(head);
    return since.isPresent()
        ? head.replay(since.getAsLong())
        : new StreamItem.MiniBatch(head.next(partitions::learnt));
  }

  private void read(StreamUnit head, ReaderOutput<StreamItem> output) throws Exception {
    next.polled(records.pollNext(buffer));
    for (RawRecord record = buffer.poll(); record != null; record = buffer.poll()) {
      if (filler.add(record, head, output)) {
        next.exampleRead();
        begin(head.step());
      }
    }
  }

  /** Lets the other tasks know that the step has an example. */
  private void begin(long step) {
    if (units.begin(step + 1) && context.currentParallelism() > 1) {
      context.sendSourceEventToCoordinator(new StreamEvent.StepBegun(units.begun()));
    }
  }

  private void reportEnd() {
    if (next.inputEnded() && !endReported && units.isDrained()) {
      endReported = true;
      context.sendSourceEventToCoordinator(new StreamEvent.InputEnded(units.begun()));
    }
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof LoopEvent loopEvent) {
      loopEvent.deliver(units);
    } else if (event instanceof StreamEvent.StepBegun step) {
      units.begin(step.steps());
    } else if (event instanceof StreamEvent.SplitsAssigned) {
      next.splitsAssigned();
    } else {
      records.handleSourceEvents(event);
    }
    wakeUp.signal();
  }

  @Override
  public List<StreamSplit> snapshotState(long checkpointId) {
    List<StreamSplit> splits = new ArrayList<>();
    units.all().forEach(unit -> splits.add(unit.split(partitions::learnt)));
    for (S split : records.snapshotState(checkpointId)) {
      splits.add(new StreamSplit.Partition<>(split, partitions.learnt(split.splitId())));
    }
    return splits;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> signal = wakeUp.next();
    if (units.ended()) {
      return CompletableFuture.completedFuture(null);
    }
    StreamUnit head = units.head();
    if (head == null) {
      return signal;
    }
    if (next.isDueNow(head)) {
      return CompletableFuture.completedFuture(null);
    }
    if (next.of(head) == NextAction.Action.READ) {
      watch(records.isAvailable());
    }
    return signal;
  }

  /** Wakes the task when records are available; one callback per future is enough. */
  private void watch(CompletableFuture<Void> available) {
    if (available.isDone()) {
      wakeUp.signal();
    } else if (available != watched) {
      watched = available;
      var unused = available.whenComplete((done, failure) -> wakeUp.signal());
    }
  }

  @Override
  @SuppressWarnings("unchecked") // partitions come from the enumerator of the same source
  public void addSplits(List<StreamSplit> splits) {
    List<S> read = new ArrayList<>();
    for (StreamSplit split : splits) {
      if (split instanceof StreamSplit.Unit unit) {
        units.add(unit);
      } else {
        StreamSplit.Partition<S> partition = (StreamSplit.Partition<S>) split;
        partitions.add(partition.id(), partition.learnt());
        read.add(partition.split());
      }
    }
    if (!read.isEmpty()) {
      records.addSplits(read);
    }
    wakeUp.signal();
  }

  @Override
  public void notifyNoMoreSplits() {
    records.notifyNoMoreSplits();
    wakeUp.signal();
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
  public void close() throws Exception {
    timeout.cancel();
    alarms.close();
    records.close();
  }
}
