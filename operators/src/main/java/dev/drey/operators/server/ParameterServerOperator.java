package dev.drey.operators.server;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.exchange.Store;
import dev.drey.operators.aggregate.DroppedSerializer;
import dev.drey.operators.aggregate.KeySpread;
import dev.drey.operators.coordination.Announcement;
import dev.drey.operators.coordination.AnnouncingOperator;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.type.SerializedType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The parameter server: applies each step once, publishes the new version, announces it. Keyed by
 * shard. Shards live on the heap between checkpoints and are written to the state backend when a
 * checkpoint asks: writing 14 MB of Adam state per step would cost more than the step.
 */
public final class ParameterServerOperator extends AbstractStreamOperator<StepReport>
    implements AnnouncingOperator<PartialSum, StepReport> {

  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = new byte[0];

  /** The weights that the run ends with. */
  public static final OutputTag<ModelShard> MODEL =
      new OutputTag<>("model") {
        private static final long serialVersionUID = 1L;
      };

  /** Examples that cannot be computed; late ones are retried instead. */
  public static final OutputTag<Dropped> DEAD_LETTERS =
      new OutputTag<>(
          "dead-letters", new SerializedType<>(Dropped.class, DroppedSerializer.INSTANCE));

  /** Every so many versions, as {@link ServerSettings#versionsEvery} says, shard by shard. */
  public static final OutputTag<VersionShard> VERSIONS =
      new OutputTag<>(
          "versions", new SerializedType<>(VersionShard.class, VersionShardSerializer.INSTANCE));

  /** Drifts of the watched signal. */
  public static final OutputTag<DriftReport> DRIFTS =
      new OutputTag<>("drifts") {
        private static final long serialVersionUID = 1L;
      };

  /** The lag of each partition of a stream, now and then. */
  public static final OutputTag<LagReport> LAGS =
      new OutputTag<>("lags") {
        private static final long serialVersionUID = 1L;
      };

  private final ServerSettings settings;
  private final StepPolicy policy;
  private final String run;
  private final transient Consumer<Announcement> coordinator;

  private transient SideOutputs outputs;
  private transient ShardState shardState;
  private transient RunState runState;
  private transient Store store;
  private transient Map<Integer, ShardServer> servers;
  private transient int firstKey;
  private transient @Nullable RunReporter reporter;
  private transient FinalProgress finalProgress;
  private transient @Nullable StreamLag lag;

  /**
   * @param policy of the run's steps
   * @param run prefix of the names of published objects, unique to the run
   */
  public ParameterServerOperator(
      StreamOperatorParameters<StepReport> parameters,
      ServerSettings settings,
      StepPolicy policy,
      String run,
      Consumer<Announcement> coordinator) {
    super(parameters);
    this.settings = settings;
    this.policy = policy;
    this.run = run;
    this.coordinator = coordinator;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    outputs = new SideOutputs(output);
    finalProgress = new FinalProgress();
    shardState = new ShardState(context.getKeyedStateStore());
    runState = new RunState(context.getKeyedStateStore());
    store = settings.store().open();
    servers = new HashMap<>();
    ShardServer.Context common =
        new ShardServer.Context(
            new StepRules(settings.model().rule(), policy.tolerance(), settings.versionsEvery()),
            new Publisher(store, run, policy.retainedVersions()),
            this::announce,
            outputs,
            TaskCounters.of(getMetricGroup()));
    InitialShards initial = new InitialShards(settings.model(), policy.replayDelay());
    KeySpread keys = new KeySpread(settings.model().shards().count(), maxParallelism());
    firstKey = keys.key(0);
    for (int index = 0; index < settings.model().shards().count(); index++) {
      int key = keys.key(index);
      if (isOwn(key)) {
        setCurrentKey(key);
        Shard restored = shardState.read(index, settings.model(), policy.replayDelay());
        Shard shard = restored == null ? initial.shard(index) : restored;
        servers.put(
            key, new ShardServer(shard, common, index == 0 ? reporter() : StepObserver.NONE));
      }
    }
  }

  private int maxParallelism() {
    return getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
  }

  private boolean isOwn(int key) {
    var task = getRuntimeContext().getTaskInfo();
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            key, maxParallelism(), task.getNumberOfParallelSubtasks())
        == task.getIndexOfThisSubtask();
  }

  /** Makes the run's reporter: this task has the first shard, whose key is current. */
  private RunReporter reporter() throws Exception {
    RunReporter.State restored = runState.read(settings.reports().prequential());
    reporter = new RunReporter(settings, policy, restored, RunReporter.Time.SYSTEM, outputs);
    return reporter;
  }

  private void announce(Announcement announcement) {
    if (announcement.progress() != null) {
      finalProgress.add(announcement.progress());
    }
    coordinator.accept(announcement);
  }

  @Override
  public void open() throws Exception {
    super.open();
    if (reporter != null) {
      getRuntimeContext().addAccumulator(FinalProgress.NAME, finalProgress);
      RunMetrics.register(
          getMetricGroup(),
          reporter,
          servers.get(firstKey).shard().watch(),
          policy.budget(),
          settings.reports().predictedStepSeconds());
      lag = StreamLag.start(getMetricGroup(), settings.reports(), reporter::progress, outputs::lag);
    }
    for (ShardServer server : servers.values()) {
      server.start();
    }
  }

  @Override
  public void publishAnew() throws IOException {
    for (ShardServer server : servers.values()) {
      server.publishAnew();
    }
  }

  @Override
  public void pauseEnded() {
    if (reporter != null) {
      reporter.pauseEnded();
    }
  }

  @Override
  public void processElement(StreamRecord<PartialSum> element) throws Exception {
    PartialSum sum = element.getValue();
    ShardServer server = servers.get((Integer) getCurrentKey());
    if (server == null) {
      throw new IllegalStateException(sum + " belongs to no shard of this task");
    }
    try {
      server.process(sum);
      if (lag != null) {
        lag.reportIfNew();
      }
    } catch (RefusedStepException e) {
      throw new SuppressRestartsException(e);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<Integer, ShardServer> entry : servers.entrySet()) {
      setCurrentKey(entry.getKey());
      shardState.write(entry.getValue().shard(), settings.model().rule().optimizer());
    }
    if (reporter != null) {
      setCurrentKey(firstKey);
      runState.write(reporter.snapshot(context.getCheckpointId()));
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    if (reporter != null) {
      reporter.checkpointComplete(checkpoint);
    }
  }

  @Override
  public void finish() throws Exception {
    byte[] progress = reporter == null ? NOTHING : ProgressFormat.toBytes(reporter.progress());
    for (Map.Entry<Integer, ShardServer> entry : servers.entrySet()) {
      Shard shard = entry.getValue().shard();
      outputs.model(
          new ModelShard(
              shard.version(),
              shard.range().from(),
              shard.weights(),
              shard.moments(),
              entry.getKey() == firstKey ? progress : NOTHING));
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (lag != null) {
      lag.close();
    }
    if (store != null) {
      store.close();
    }
    super.close();
  }
}
