package dev.drey.operators.stream;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.core.stream.RejectedRecordException;
import dev.drey.operators.alarm.Alarms;
import dev.drey.operators.coordination.LoopEvent;
import dev.drey.operators.coordination.ReplaySpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Reads records for the next mini-batch of a task, and deals it out once it is full, or its time is
 * over. Slots are filled in the order of (step, unit, slot), one after the other, and only those
 * that may soon be computed: so much is read ahead of the parameter server, and no more.
 *
 * @param <S> split of the source of records
 */
@SuppressWarnings("try") // as Flink declares close
final class StreamReader<S extends SourceSplit> implements SourceReader<StreamItem, StreamSplit> {

  private static final long NO_VERSION = -1;

  private final SourceReader<RawRecord, S> records;
  private final SourceReaderContext context;
  private final StreamSteps steps;
  private final Shares shares;
  private final int stepsAhead;
  private final PartitionEncoders partitions;
  private final StepTimeout timeout;
  private final Alarms alarms;
  private final Counter rejected;
  private final Counter heldOutDropped;

  private final WakeUpSignal wakeUp = new WakeUpSignal();
  private final RecordBuffer buffer = new RecordBuffer();
  private final PriorityQueue<StreamUnit> open = new PriorityQueue<>();
  private final List<StreamUnit> finished = new ArrayList<>();
  private @Nullable CompletableFuture<Void> watched;
  private InputStatus input = InputStatus.MORE_AVAILABLE;
  private boolean looked; // for another example, and found none
  private boolean endTold;
  private boolean splitsAssigned;
  private long begun;
  private long version = NO_VERSION;
  private List<ReplaySpan> replays = List.of();
  private long stoppedAt = Long.MAX_VALUE;

  /**
   * What a reader needs.
   *
   * @param stepsAhead how many steps beyond the parameter server's version are assigned out
   */
  record Settings(StreamSteps steps, Shares shares, int stepsAhead) {}

  /**
   * @param records the source of records, of which this is the only user
   * @param alarms closed with the reader
   */
  StreamReader(
      SourceReader<RawRecord, S> records,
      PartitionEncoders partitions,
      Settings settings,
      SourceReaderContext context,
      Alarms alarms) {
    this.records = records;
    this.partitions = partitions;
    this.context = context;
    this.steps = settings.steps();
    this.shares = settings.shares();
    this.stepsAhead = settings.stepsAhead();
    this.timeout = new StepTimeout(steps.maxWait(), alarms, wakeUp::signal);
    this.alarms = alarms;
    this.rejected = context.metricGroup().counter("rejected");
    this.heldOutDropped = context.metricGroup().counter("heldOutDropped");
  }

  @Override
  public void start() {
    records.start();
  }

  /** What is to be done next. */
  private enum Next {
    /** The open mini-batch goes out as it is. */
    EMIT,
    /** Records are to be read, if there are any. */
    READ,
    /** Nothing, until something happens. */
    WAIT
  }

  @Override
  public InputStatus pollNext(ReaderOutput<StreamItem> output) throws Exception {
    StreamUnit head = head();
    if (head != null) {
      switch (next(head)) {
        case EMIT -> deal(head, output);
        case READ -> read(head, output);
        case WAIT -> {}
      }
    }
    tellEnd();
    return status();
  }

  private InputStatus status() {
    if (ended()) {
      return InputStatus.END_OF_INPUT;
    }
    StreamUnit head = head();
    return head != null && isDueNow(head)
        ? InputStatus.MORE_AVAILABLE
        : InputStatus.NOTHING_AVAILABLE;
  }

  /** Whether there is something to do that waits for nothing. */
  private boolean isDueNow(StreamUnit head) {
    return switch (next(head)) {
      case EMIT -> true;
      case READ -> input == InputStatus.MORE_AVAILABLE || isOver(head);
      case WAIT -> false;
    };
  }

  /** The unit whose mini-batch is open, if that may be assigned out. */
  private @Nullable StreamUnit head() {
    StreamUnit first = open.peek();
    if (first == null || version == NO_VERSION || !mayEmit(first.step())) {
      return null;
    }
    if (!isHeldBack(first)) {
      return first;
    }
    // Whether or not the step is begun by others, the next record goes to the same slot.
    StreamUnit next =
        Collections.min(
            open, Comparator.comparingLong(this::nextToFill).thenComparing(unit -> unit));
    return mayEmit(nextToFill(next)) ? next : null;
  }

  private boolean mayEmit(long step) {
    return step < version + stepsAhead;
  }

  /** Whether its next slot replays, in a step that nobody has an example for. */
  private boolean isHeldBack(StreamUnit unit) {
    return isReplayed(unit) && !isWanted(unit);
  }

  /** The step of the next slot that takes new examples: of two in a row one does. */
  private long nextToFill(StreamUnit unit) {
    if (!isReplayed(unit)) {
      return unit.step();
    }
    return unit.slotsLeft().anyMatch(slot -> replayed(unit.step(), slot).isEmpty())
        ? unit.step()
        : unit.step() + 1;
  }

  private boolean ended() {
    return open.isEmpty() && version >= Math.min(steps.steps(), stoppedAt);
  }

  private Next next(StreamUnit head) {
    if (head.evaluates() || head.isFull() || isStopping()) {
      return Next.EMIT;
    }
    // Not in a step that nobody has an example for: a silent stream makes none.
    if (isReplayed(head) && isWanted(head)) {
      return Next.EMIT;
    }
    if (input == InputStatus.END_OF_INPUT) {
      return isWanted(head) || head.hasRead() ? Next.EMIT : Next.WAIT;
    }
    if (partitions.isEmpty()) {
      return splitsAssigned && isWanted(head) ? Next.EMIT : Next.READ;
    }
    return isOver(head) && looked ? Next.EMIT : Next.READ;
  }

  private boolean isReplayed(StreamUnit unit) {
    return !unit.evaluates() && replayed(unit.step(), unit.slot()).isPresent();
  }

  /**
   * Whether a slot of a step replays, and what came since which step. It depends on these alone,
   * not on what is there: so it is the same after a failure.
   */
  private OptionalLong replayed(long step, int slot) {
    Replaying replaying = steps.replaying();
    return replaying == null || !replaying.takes(step, slot)
        ? OptionalLong.empty()
        : replays.stream()
            .filter(span -> span.contains(step))
            .mapToLong(ReplaySpan::since)
            .findFirst();
  }

  /** Whether somebody, this task or another, has an example for the step. */
  private boolean isWanted(StreamUnit head) {
    return head.hasExamples() || head.step() < begun;
  }

  /** Whether the step has been waited for long enough: what is there at once is still item. */
  private boolean isOver(StreamUnit head) {
    if (head.hasExamples()) {
      timeout.served(head.step());
    }
    return isWanted(head) && timeout.isOver(head.step());
  }

  /** Whether the run ends: the steps that are left are assigned out with what there is. */
  private boolean isStopping() {
    return stoppedAt < Long.MAX_VALUE;
  }

  private void deal(StreamUnit head, ReaderOutput<StreamItem> output) {
    if (!head.evaluates()) {
      begin(head.step());
    }
    looked = false;
    open.remove(head);
    output.collect(taken(head));
    put(head);
  }

  private StreamItem taken(StreamUnit head) {
    OptionalLong since =
        head.evaluates() ? OptionalLong.empty() : replayed(head.step(), head.slot());
    return since.isPresent()
        ? head.replay(since.getAsLong())
        : new StreamItem.MiniBatch(head.next(partitions::learnt));
  }

  private void put(StreamUnit unit) {
    if (unit.finished(stoppedAt)) {
      finished.add(unit);
    } else {
      open.add(unit);
    }
  }

  private void read(StreamUnit head, ReaderOutput<StreamItem> output) throws Exception {
    looked = true;
    input = records.pollNext(buffer);
    for (RawRecord record = buffer.poll(); record != null; record = buffer.poll()) {
      take(head, record, output);
    }
  }

  private void take(StreamUnit head, RawRecord record, ReaderOutput<StreamItem> output) {
    Example example;
    try {
      example = partitions.encode(record);
    } catch (RejectedRecordException e) {
      head.reject(record.position().partition(), record.position().offset());
      rejected.inc();
      String reason = String.valueOf(e.getMessage());
      output.collect(new StreamItem.Rejected(new RejectedRecord(record, reason)));
      return;
    }
    PlacedExample placed = new PlacedExample(record.position(), example);
    if (!example.heldOut()) {
      head.train(placed, record.timestamp());
      looked = false;
      begin(head.step());
    } else if (head.holdOut(placed)) {
      heldOutDropped.inc();
    }
  }

  /** Nobody keeps the step waiting from here on. */
  private void begin(long step) {
    if (step >= begun) {
      begun = step + 1;
      if (context.currentParallelism() > 1) {
        context.sendSourceEventToCoordinator(new StreamEvent.StepBegun(begun));
      }
    }
  }

  private void tellEnd() {
    if (input == InputStatus.END_OF_INPUT
        && !endTold
        && open.stream().noneMatch(unit -> unit.hasExamples() || unit.hasRead())) {
      endTold = true;
      context.sendSourceEventToCoordinator(new StreamEvent.InputEnded(begun));
    }
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof LoopEvent.VersionReached reached) {
      version = reached.version();
      replays = reached.replays();
    } else if (event instanceof LoopEvent.StopAt stop) {
      stoppedAt = Math.min(stoppedAt, stop.steps());
      List<StreamUnit> all = List.copyOf(open);
      open.clear();
      all.forEach(this::put);
    } else if (event instanceof StreamEvent.StepBegun step) {
      begun = Math.max(begun, step.steps());
    } else if (event instanceof StreamEvent.SplitsAssigned) {
      splitsAssigned = true;
    } else {
      records.handleSourceEvents(event);
    }
    wakeUp.signal();
  }

  @Override
  public List<StreamSplit> snapshotState(long checkpointId) {
    List<StreamSplit> splits = new ArrayList<>();
    open.forEach(unit -> splits.add(unit.split(partitions::learnt)));
    finished.forEach(unit -> splits.add(unit.split(partitions::learnt)));
    for (S split : records.snapshotState(checkpointId)) {
      splits.add(new StreamSplit.Partition<>(split, partitions.learnt(split.splitId())));
    }
    return splits;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> next = wakeUp.next();
    if (ended()) {
      return CompletableFuture.completedFuture(null);
    }
    StreamUnit head = head();
    if (head == null) {
      return next;
    }
    if (isDueNow(head)) {
      return CompletableFuture.completedFuture(null);
    }
    if (next(head) == Next.READ) {
      watch(records.isAvailable());
    }
    return next;
  }

  /** Rings when there are records, once however often it is asked for. */
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
        put(new StreamUnit(steps, shares.units().get(unit.place().unit()), unit));
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
