package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.prequential.Score;
import dev.drey.core.protocol.Weights;
import dev.drey.core.store.WeightStore;
import dev.drey.operators.aggregate.DroppedSerializer;
import dev.drey.operators.aggregate.KeySpread;
import dev.drey.operators.coordination.Announcement;
import dev.drey.operators.coordination.AnnouncingOperator;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.metric.MetricName;
import dev.drey.operators.type.SerializedType;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
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
  private static final int NANOS_PER_MICRO = 1000;

  /** That a rate is the mean of: a multiple of the 5 s in which Flink updates it. */
  private static final int RATE_SECONDS = 10;

  private static final double MICROS_PER_SECOND = 1e6;

  /** The weights that the run ends with. */
  public static final OutputTag<ModelShard> MODEL =
      new OutputTag<>("model") {
        private static final long serialVersionUID = 1L;
      };

  /** Examples that cannot be computed; late ones are offered again instead. */
  public static final OutputTag<Dropped> DEAD_LETTERS =
      new OutputTag<>(
          "dead-letters", new SerializedType<>(Dropped.class, DroppedSerializer.INSTANCE));

  /** Versions on the way, shard by shard, as often as the settings say. */
  public static final OutputTag<VersionShard> VERSIONS =
      new OutputTag<>(
          "versions", new SerializedType<>(VersionShard.class, VersionShardSerializer.INSTANCE));

  /** Drifts of what the run watches. */
  public static final OutputTag<DriftReport> DRIFTS =
      new OutputTag<>("drifts") {
        private static final long serialVersionUID = 1L;
      };

  private final ServerSettings settings;
  private final String run;
  private final transient Consumer<Announcement> coordinator;

  private transient Map<Integer, Shard> shards;
  private transient KeySpread keys;
  private transient ShardState state;
  private transient WeightStore store;
  private transient Publisher publisher;
  private transient Map<Integer, Weights.Part> parts;
  private transient StepTimer timer;
  private transient RunAccount account;
  private transient Prequential prequential;
  private transient volatile Score prequentialNow;
  private transient FinalProgress finalProgress;
  private transient CheckpointLag lag;
  private transient Counter trained;
  private transient Clock clock;
  private transient volatile StepReport.Ages ages;
  private transient Counter duplicates;
  private transient Counter applyMicros;
  private transient Counter publishMicros;

  /**
   * @param run begins the names of what is published, and is no other run's
   */
  public ParameterServerOperator(
      StreamOperatorParameters<StepReport> parameters,
      ServerSettings settings,
      String run,
      Consumer<Announcement> coordinator) {
    super(parameters);
    this.settings = settings;
    this.run = run;
    this.coordinator = coordinator;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    shards = new HashMap<>();
    parts = new HashMap<>();
    state = new ShardState(context.getKeyedStateStore());
    timer = new StepTimer(System::nanoTime);
    clock = Clock.systemUTC();
    account = account(Progress.NONE);
    prequential = new Prequential(settings.prequential());
    prequentialNow = Score.NONE;
    ages = StepReport.Ages.NONE;
    finalProgress = new FinalProgress();
    var task = getRuntimeContext().getTaskInfo();
    int maxParallelism = task.getMaxNumberOfParallelSubtasks();
    keys = new KeySpread(settings.shards().count(), maxParallelism);
    float @Nullable [] initial = null;
    for (int index = 0; index < settings.shards().count(); index++) {
      int key = keys.key(index);
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              key, maxParallelism, task.getNumberOfParallelSubtasks());
      if (owner != task.getIndexOfThisSubtask()) {
        continue;
      }
      setCurrentKey(key);
      Shard shard = state.read(index, settings.shards(), settings.rule());
      if (shard == null) {
        initial = initial == null ? settings.initial().get() : initial;
        shard = initialShard(index, initial);
      }
      shards.put(key, shard);
      if (index == 0) {
        account = account(state.readProgress());
        prequential = state.readPrequential(settings.prequential());
        prequentialNow = prequential.window();
      }
    }
  }

  private RunAccount account(Progress start) {
    return new RunAccount(
        start, clock, timer, settings.owedAfter(), settings.rule().rates().steps());
  }

  private Shard initialShard(int index, float[] initial) {
    if (initial.length != settings.shards().parameters()) {
      throw new IllegalArgumentException(
          "the initial weights have "
              + initial.length
              + " values, the network has "
              + settings.shards().parameters());
    }
    var range = settings.shards().range(index);
    int moments = settings.rule().optimizer().moments();
    return new Shard(
        index,
        range,
        Arrays.copyOfRange(initial, range.from(), range.to()),
        new float[moments][range.length()],
        0,
        new DriftWatch(settings.rule().drift(), null));
  }

  @Override
  public void open() throws Exception {
    super.open();
    store = settings.store().open();
    publisher = new Publisher(store, run, settings.retainedVersions());
    applyMicros = getMetricGroup().counter("applyMicros");
    publishMicros = getMetricGroup().counter("publishMicros");
    lag = new CheckpointLag(account.progress().version(), System::nanoTime);
    registerMetrics();
    for (Shard shard : shards.values()) {
      publisher.deleteOld(shard);
    }
    publishAnew();
  }

  @Override
  public void publishAnew() throws IOException {
    for (Shard shard : shards.values()) {
      publish(shard);
      announce(shard);
    }
  }

  @Override
  public void heldUp() {
    timer.heldUp();
  }

  private void registerMetrics() {
    duplicates = getMetricGroup().counter("droppedDuplicate");
    if (shards.values().stream().noneMatch(shard -> shard.index() == 0)) {
      return;
    }
    MetricGroup group = getMetricGroup();
    group.gauge("step", () -> account.progress().version());
    group.gauge("loss", () -> account.progress().last().loss());
    group.gauge("accuracy", () -> account.progress().last().accuracy());
    group.gauge("testLoss", () -> account.progress().evaluation().loss());
    group.gauge("testAccuracy", () -> account.progress().evaluation().accuracy());
    group.gauge("examples", () -> account.progress().totals().examples());
    group.gauge("replayed", () -> account.progress().totals().replayed());
    group.gauge("invocations", () -> account.progress().totals().invocations());
    group.gauge("coldStarts", () -> account.progress().totals().coldStarts());
    group.gauge("billedMillis", () -> account.progress().totals().billedMillis());
    trained = new SimpleCounter();
    group.meter("examplesPerSecond", new MeterView(trained, RATE_SECONDS));
    group.gauge("checkpointLagSteps", () -> lag.steps(account.progress().version()));
    group.gauge("checkpointLagMillis", lag::millis);
    double most = settings.budget().dollars();
    if (Double.isFinite(most)) {
      group.gauge(
          "dollarsLeft",
          () -> Math.max(0, most - settings.budget().spent(account.progress().totals())));
    }
    group.gauge("dollars", () -> settings.budget().spent(account.progress().totals()));
    for (DropReason reason : DropReason.values()) {
      group.gauge(
          MetricName.of("dropped", reason),
          () -> account.progress().account().dropped().of(reason));
    }
    group.gauge("stepMicros", timer::recentMicros);
    double predicted = settings.predictedStepSeconds();
    if (!Double.isNaN(predicted)) {
      group.gauge("predictedStepMicros", () -> predicted * MICROS_PER_SECOND);
    }
    group.gauge("prequentialLoss", () -> prequentialNow.loss());
    group.gauge("prequentialAccuracy", () -> prequentialNow.accuracy());
    group.gauge("prequentialError", () -> prequentialNow.absoluteError());
    DriftWatch watch = shards.get(keys.key(0)).watch();
    group.gauge("drifts", watch::drifts);
    group.gauge("freshnessMillis", () -> ages.oldestMillis());
    group.gauge("putBack", () -> account.progress().account().putBack());
    getRuntimeContext().addAccumulator(FinalProgress.NAME, finalProgress);
  }

  @Override
  public void processElement(StreamRecord<PartialSum> element) throws Exception {
    PartialSum sum = element.getValue();
    Shard shard = shards.get((Integer) getCurrentKey());
    if (shard == null) {
      throw new IllegalStateException(sum + " belongs to no shard of this task");
    }
    if (!sum.round().isTraining()) {
      evaluated(shard, sum);
    } else if (shard.offer(sum)) {
      while (shard.ready()) {
        apply(shard);
      }
    } else {
      duplicates.inc();
    }
  }

  private void evaluated(Shard shard, PartialSum sum) {
    if (!account.evaluated(sum)) {
      duplicates.inc();
      return;
    }
    setAside(sum);
    report(true, sum.round().step(), sum.tally());
    announce(shard);
  }

  private void apply(Shard shard) throws Exception {
    Shard.Applied applied;
    long start = System.nanoTime();
    try {
      applied = shard.applyNext(settings.rule(), settings.mayMiss(), settings.maxEmptySteps());
    } catch (RefusedStepException e) {
      throw new SuppressRestartsException(e);
    }
    applyMicros.inc((System.nanoTime() - start) / NANOS_PER_MICRO);
    PartialSum sum = applied.sum();
    if (shard.index() == 0) {
      account.applied(sum);
      trained.inc(sum.tally().examples());
      prequential.add(sum.tally());
      prequentialNow = prequential.window();
      setAside(sum);
    }
    publish(shard);
    if (shard.index() == 0) {
      ages = StepReport.Ages.of(sum.intake(), clock.millis());
    }
    announce(shard);
    putOut(shard);
    if (shard.index() == 0) {
      report(false, shard.version(), sum.tally());
      applied.drift().ifPresent(this::report);
    }
  }

  private void putOut(Shard shard) {
    if (shard.version() % settings.versionsEvery() == 0) {
      VersionShard.Account trainedOn =
          shard.index() == 0
              ? new VersionShard.Account(
                  account.progress().totals().examples(),
                  account.progress().intake(),
                  prequentialNow.loss())
              : null;
      output.collect(
          VERSIONS,
          new StreamRecord<>(
              new VersionShard(
                  shard.version(), shard.range().from(), shard.weights().clone(), trainedOn)));
    }
  }

  private void setAside(PartialSum sum) {
    for (Dropped dropped : sum.dropped()) {
      if (dropped.reason() != DropReason.LATE) {
        output.collect(DEAD_LETTERS, new StreamRecord<>(dropped));
      }
    }
  }

  private void report(boolean evaluation, long version, Tally tally) {
    Tally totals = account.progress().totals();
    output.collect(
        new StreamRecord<>(
            new StepReport(
                evaluation,
                version,
                (double) version / settings.stepsPerEpoch(),
                totals.examples(),
                tally.loss(),
                tally.accuracy(),
                account.progress().millis() / 1000.0,
                totals.billedMillis(),
                settings.budget().spent(totals),
                prequentialNow,
                prequential.faded(),
                ages)));
  }

  private void report(Drift drift) {
    DriftRule rule = Objects.requireNonNull(settings.rule().drift());
    DriftReport report =
        new DriftReport(
            drift.version(),
            drift.began(),
            account.progress().totals().examples(),
            rule.signal().word(),
            drift.before(),
            drift.after(),
            rule.reaction().word(),
            account.progress().millis() / 1000.0);
    LOG.info(
        "drift at version {}: {} went from {} to {} after version {}; reaction: {}",
        report.version(),
        report.signal(),
        report.before(),
        report.after(),
        report.began(),
        report.reaction());
    output.collect(DRIFTS, new StreamRecord<>(report));
  }

  private void publish(Shard shard) throws IOException {
    long start = System.nanoTime();
    parts.put(shard.index(), new Weights.Part(shard.range(), publisher.publish(shard)));
    publishMicros.inc((System.nanoTime() - start) / NANOS_PER_MICRO);
  }

  private void announce(Shard shard) {
    if (shard.index() == 0) {
      finalProgress.add(account.progress());
    }
    coordinator.accept(
        new Announcement(
            shard.index(),
            shard.version(),
            parts.get(shard.index()),
            shard.index() == 0 ? account.progress() : null,
            shard.index() == 0 ? shard.watch().replays() : List.of()));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<Integer, Shard> entry : shards.entrySet()) {
      setCurrentKey(entry.getKey());
      state.write(entry.getValue(), settings.rule().optimizer());
      if (entry.getValue().index() == 0) {
        lag.taken(context.getCheckpointId(), account.progress().version());
        state.writeProgress(account.progress());
        state.writePrequential(prequential);
      }
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    lag.complete(checkpoint);
  }

  @Override
  public void finish() throws Exception {
    for (Shard shard : shards.values()) {
      output.collect(
          MODEL,
          new StreamRecord<>(
              new ModelShard(
                  shard.version(), shard.range().from(), shard.weights(), shard.moments())));
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (store != null) {
      store.close();
    }
    super.close();
  }
}
