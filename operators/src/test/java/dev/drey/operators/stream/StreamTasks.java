package dev.drey.operators.stream;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.operators.alarm.ManualAlarms;
import dev.drey.operators.coordination.LoopEvent;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingPartition;
import dev.drey.operators.records.TestingRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/** The tasks of a stream's source, as Flink would connect them, in one thread. */
final class StreamTasks implements SplitEnumeratorContext<StreamSplit> {

  /** All that a checkpoint holds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Checkpoint(List<byte[]> splits, byte[] enumerator, List<byte[]> reservoirs) {}

  private static final long NO_VERSION = -1;

  private final int tasks;
  private final StreamSource<TestingPartition, Set<String>> source;
  private final StreamEnumerator<TestingPartition, Set<String>> enumerator;
  private final List<StreamReader<TestingPartition>> readers = new ArrayList<>();
  private final Map<Integer, ReaderInfo> registered = new TreeMap<>();
  private final List<Reservoirs> reservoirs = new ArrayList<>();
  private final List<Runnable> asynchronous = new ArrayList<>();
  private final boolean eager;

  /** Time of all tasks. */
  final ManualAlarms alarms = new ManualAlarms();

  /** What each task has emitted. */
  final List<List<StreamBatch>> emitted = new ArrayList<>();

  final List<RejectedRecord> rejected = new ArrayList<>();

  /**
   * @param id of the topic
   * @param plan whose first step is 0
   * @param from a checkpoint, whose splits are brought back by readers in turn; null for none
   */
  StreamTasks(String id, StreamPlan plan, int tasks, @Nullable Checkpoint from) throws Exception {
    this(id, plan, tasks, from, NO_VERSION);
  }

  /**
   * @param version that is known before the readers are there, who then read whenever they are
   *     asked to of anything, as soon as they can
   */
  @SuppressWarnings("unchecked") // of the same source
  StreamTasks(String id, StreamPlan plan, int tasks, @Nullable Checkpoint from, long version)
      throws Exception {
    this.tasks = tasks;
    this.eager = version != NO_VERSION;
    TestingRecords records = new TestingRecords(id);
    TestingEncoder.Maker encoder = new TestingEncoder.Maker(plan.steps().evaluateEvery() > 0);
    this.source = new StreamSource<>(records, encoder, plan);
    this.enumerator =
        (StreamEnumerator<TestingPartition, Set<String>>)
            (from == null
                ? source.createEnumerator(this)
                : source.restoreEnumerator(
                    this,
                    source.getEnumeratorCheckpointSerializer().deserialize(1, from.enumerator)));
    for (int task = 0; task < tasks; task++) {
      ReaderContext context = new ReaderContext(task);
      readers.add(
          new StreamReader<>(
              records.createReader(context),
              new PartitionEncoders(encoder),
              plan,
              context,
              alarms));
      emitted.add(new ArrayList<>());
      Replaying replaying = plan.replaying();
      if (replaying != null) {
        reservoirs.add(reservoirs(task, plan, replaying, from));
      }
    }
    enumerator.start();
    if (eager) {
      enumerator.handleSourceEvent(0, new LoopEvent.VersionReached(version));
    }
    var serializer = source.getSplitSerializer();
    for (int task = 0; task < tasks; task++) {
      List<StreamSplit> brought = new ArrayList<>();
      for (int i = task; from != null && i < from.splits.size(); i += tasks) {
        brought.add(serializer.deserialize(serializer.getVersion(), from.splits.get(i)));
      }
      readers.get(task).start();
      registered.put(task, ReaderInfo.createReaderInfo(task, "here", brought));
      enumerator.addReader(task);
    }
    discover();
  }

  private Reservoirs reservoirs(
      int task, StreamPlan plan, Replaying replaying, @Nullable Checkpoint from)
      throws IOException {
    Shares shares = plan.shares();
    Reservoirs kept = new Reservoirs(shares, plan.steps().miniBatch(), replaying);
    for (byte[] unit : from == null ? List.<byte[]>of() : from.reservoirs) {
      kept.read(unit, index -> shares.tasks(tasks)[index] == task);
    }
    return kept;
  }

  /** Lets the source of records look for partitions. */
  void discover() {
    List.copyOf(asynchronous).forEach(Runnable::run);
  }

  StreamReader<TestingPartition> reader(int task) {
    return readers.get(task);
  }

  void send(LoopEvent event) {
    enumerator.handleSourceEvent(0, event);
  }

  InputStatus poll(int task) throws Exception {
    return readers.get(task).pollNext(new Output(task));
  }

  /** Lets all tasks read and deal until none can do more by itself. */
  void pollAll() throws Exception {
    boolean again = true;
    while (again) {
      again = false;
      for (int task = 0; task < tasks; task++) {
        while (poll(task) == InputStatus.MORE_AVAILABLE) {
          again = true;
        }
      }
    }
  }

  boolean allEnded() throws Exception {
    for (int task = 0; task < tasks; task++) {
      if (poll(task) != InputStatus.END_OF_INPUT) {
        return false;
      }
    }
    return true;
  }

  List<StreamBatch> all() {
    return emitted.stream().flatMap(List::stream).toList();
  }

  Checkpoint checkpoint() throws Exception {
    SimpleVersionedSerializer<StreamSplit> serializer = source.getSplitSerializer();
    List<byte[]> splits = new ArrayList<>();
    byte[] state =
        source.getEnumeratorCheckpointSerializer().serialize(enumerator.snapshotState(1));
    for (StreamReader<TestingPartition> reader : readers) {
      for (StreamSplit split : reader.snapshotState(1)) {
        splits.add(serializer.serialize(split));
      }
    }
    List<byte[]> kept = new ArrayList<>();
    for (Reservoirs task : reservoirs) {
      kept.addAll(task.toBytes());
    }
    return new Checkpoint(splits, state, kept);
  }

  @Override
  public void sendEventToSourceReader(int task, SourceEvent event) {
    readers.get(task).handleSourceEvents(event);
    pollEagerly(task);
  }

  private void pollEagerly(int task) {
    try {
      while (eager && poll(task) == InputStatus.MORE_AVAILABLE) {
        // there is more
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
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
  public void assignSplits(SplitsAssignment<StreamSplit> assignment) {
    assignment
        .assignment()
        .forEach(
            (task, splits) -> {
              readers.get(task).addSplits(splits);
              pollEagerly(task);
            });
  }

  @Override
  public void signalNoMoreSplits(int task) {
    readers.get(task).notifyNoMoreSplits();
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    throw new UnsupportedOperationException("nothing is asked once");
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    asynchronous.add(
        () -> {
          try {
            handler.accept(callable.call(), null);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Override
  public void runInCoordinatorThread(Runnable action) {
    action.run();
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  private final class ReaderContext implements SourceReaderContext {
    private final int task;

    ReaderContext(int task) {
      this.task = task;
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
      enumerator.handleSourceEvent(task, event);
    }

    @Override
    public void sendSplitRequest() {
      enumerator.handleSplitRequest(task, null);
    }

    @Override
    public int currentParallelism() {
      return tasks;
    }

    @Override
    public int getIndexOfSubtask() {
      return task;
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "here";
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
    }
  }

  private final class Output implements ReaderOutput<StreamItem> {
    private final int task;

    Output(int task) {
      this.task = task;
    }

    @Override
    public void collect(StreamItem item) {
      if (item instanceof StreamItem.MiniBatch mini) {
        emitted.get(task).add(mini.batch());
        if (!reservoirs.isEmpty()) {
          reservoirs.get(task).add(mini.batch());
        }
      } else if (item instanceof StreamItem.Replay replayed) {
        emitted.get(task).add(reservoirs.get(task).sample(replayed));
      } else {
        rejected.add(((StreamItem.Rejected) item).record());
      }
    }

    @Override
    public void collect(StreamItem item, long timestamp) {
      collect(item);
    }

    @Override
    public SourceOutput<StreamItem> createOutputForSplit(String split) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {}

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
