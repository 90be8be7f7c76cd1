package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.RowBatch;
import dev.drey.core.data.StepPlan;
import dev.drey.operators.coordination.LoopEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;

/** An enumerator and its readers, as Flink would connect them, in one thread. */
final class TestingReaders implements SplitEnumeratorContext<UnitSplit> {

  private final int tasks;
  private int sent;
  private final Map<Integer, ReaderInfo> registered = new TreeMap<>();
  private final List<MiniBatchReader> readers = new ArrayList<>();
  private final UnitEnumerator enumerator;

  /** What each task has emitted. */
  final List<List<RowBatch>> emitted = new ArrayList<>();

  /**
   * @param restored what each reader of a checkpoint held, to be brought back by readers in turn;
   *     null for a new start
   */
  TestingReaders(
      StepPlan plan,
      Structure structure,
      int stepsAhead,
      int tasks,
      @Nullable List<UnitSplit> restored) {
    this(plan, structure, 0, stepsAhead, tasks, restored);
  }

  /**
   * @param firstStep of a structure that took the place of another
   */
  TestingReaders(
      StepPlan plan,
      Structure structure,
      long firstStep,
      int stepsAhead,
      int tasks,
      @Nullable List<UnitSplit> restored) {
    this.tasks = tasks;
    Shares shares = new Shares(structure);
    this.enumerator = new UnitEnumerator(this, shares, firstStep, plan.steps(), restored != null);
    for (int task = 0; task < tasks; task++) {
      readers.add(new MiniBatchReader(plan, shares, stepsAhead));
      emitted.add(new ArrayList<>());
    }
    enumerator.start();
    for (int task = 0; task < tasks; task++) {
      List<UnitSplit> brought = new ArrayList<>();
      for (int i = task; restored != null && i < restored.size(); i += tasks) {
        brought.add(restored.get(i));
      }
      register(task, brought);
    }
  }

  void register(int task, List<UnitSplit> brought) {
    readers.get(task).start();
    registered.put(task, ReaderInfo.createReaderInfo(task, "here", brought));
    enumerator.addReader(task);
  }

  UnitEnumerator enumerator() {
    return enumerator;
  }

  MiniBatchReader reader(int task) {
    return readers.get(task);
  }

  void replace(int task, MiniBatchReader reader) {
    registered.remove(task);
    readers.set(task, reader);
  }

  void send(LoopEvent event) {
    enumerator.handleSourceEvent(0, event);
  }

  /** How many events readers were sent. */
  int sent() {
    return sent;
  }

  /** Lets a task deal out one mini-batch, if there is one. */
  InputStatus poll(int task) {
    return readers.get(task).pollNext(new TestingOutput(emitted.get(task)));
  }

  /** Lets all tasks deal out what they may. */
  void pollAll() {
    for (int task = 0; task < tasks; task++) {
      while (poll(task) == InputStatus.MORE_AVAILABLE) {
        // goes on
      }
    }
  }

  List<RowBatch> all() {
    return emitted.stream().flatMap(List::stream).toList();
  }

  List<UnitSplit> snapshot() {
    return readers.stream().flatMap(reader -> reader.snapshotState(1).stream()).toList();
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  @Override
  public void sendEventToSourceReader(int task, SourceEvent event) {
    sent++;
    readers.get(task).handleSourceEvents(event);
  }

  @Override
  public int currentParallelism() {
    return tasks;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return registered;
  }

  @Override
  public void assignSplits(SplitsAssignment<UnitSplit> assignment) {
    assignment.assignment().forEach((task, splits) -> readers.get(task).addSplits(splits));
  }

  @Override
  public void signalNoMoreSplits(int task) {
    readers.get(task).notifyNoMoreSplits();
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    throw new UnsupportedOperationException("nothing here is asynchronous");
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    throw new UnsupportedOperationException("nothing here is asynchronous");
  }

  @Override
  public void runInCoordinatorThread(Runnable action) {
    action.run();
  }

  private record TestingOutput(List<RowBatch> collected) implements ReaderOutput<RowBatch> {

    @Override
    public void collect(RowBatch miniBatch) {
      collected.add(miniBatch);
    }

    @Override
    public void collect(RowBatch miniBatch, long timestamp) {
      collected.add(miniBatch);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<RowBatch> createOutputForSplit(String split) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {}
  }
}
