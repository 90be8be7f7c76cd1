package dev.drey.operators.loop;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.operators.coordination.PackedAnswer;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepRequest;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.server.DriftReport;
import dev.drey.operators.server.FinalProgress;
import dev.drey.operators.server.ModelShard;
import dev.drey.operators.server.ParameterServerOperator;
import dev.drey.operators.server.StepReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** A run as a Flink job in this process. */
final class TestingJob {

  /** The models that jobs ended with, by the test's id. */
  private static final Map<String, float[]> MODELS = new ConcurrentHashMap<>();

  /** Records that streams rejected, by the test's id. */
  private static final Map<String, Set<Position>> REJECTED = new ConcurrentHashMap<>();

  /** Examples that were set aside, by the test's id. */
  private static final Map<String, List<Dropped>> DROPPED = new ConcurrentHashMap<>();

  /** Drifts that were found, by the test's id. */
  private static final Map<String, List<DriftReport>> DRIFTS = new ConcurrentHashMap<>();

  private final LoopUnderTest run;
  private final Path directory;
  private final int parallelism;
  private Duration checkpointInterval = Duration.ofMillis(50);
  private Duration slotDeadline = Duration.ofMinutes(10);
  private String stateBackend = "hashmap";
  private @Nullable String savepoint;
  private Generation generation;

  /** What came out of a job. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outcome(
      float[] model,
      Progress progress,
      Set<Position> rejected,
      List<Dropped> dropped,
      List<DriftReport> drifts) {}

  TestingJob(LoopUnderTest run, Path directory, int parallelism) {
    this.run = run;
    this.directory = directory;
    this.parallelism = parallelism;
    this.generation = Generation.first(run.structure());
  }

  TestingJob checkpointEvery(Duration interval) {
    this.checkpointInterval = interval;
    return this;
  }

  TestingJob inRocksDb() {
    this.stateBackend = "rocksdb";
    return this;
  }

  /** How long a slot may take before it asks to be left out. */
  TestingJob slotDeadline(Duration deadline) {
    this.slotDeadline = deadline;
    return this;
  }

  TestingJob from(String path) {
    this.savepoint = path;
    return this;
  }

  /** With another structure than the savepoint's. */
  TestingJob as(Generation other) {
    this.generation = other;
    return this;
  }

  JobClient start() throws Exception {
    MODELS.put(run.id(), new float[TestingRun.PARAMETERS]);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration());
    draw(env);
    return env.executeAsync(run.id());
  }

  /** Ends the run with the steps that are out. */
  CoordinationResponse stop(JobClient client) throws Exception {
    return ask(client, new StepRequest.Stop());
  }

  CoordinationResponse ask(JobClient client, StepRequest request) throws Exception {
    return PackedAnswer.read(
        ((CoordinationRequestGateway) client)
            .sendCoordinationRequest(Uids.FIRST.server(), request)
            .get(300, TimeUnit.SECONDS));
  }

  /** Takes a savepoint and ends the job without a model. */
  String cancelWithSavepoint(JobClient client) throws Exception {
    String path = savepoint(client);
    client.cancel().get(300, TimeUnit.SECONDS);
    return path;
  }

  /** Takes a savepoint as soon as all tasks run; before that, Flink refuses to. */
  String savepoint(JobClient client) throws Exception {
    String target = directory.resolve("s").toUri().toString();
    while (true) {
      try {
        return client
            .triggerSavepoint(target, SavepointFormatType.NATIVE)
            .get(300, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING.equals(reason(e))) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  private static @Nullable CheckpointFailureReason reason(ExecutionException e) {
    return ExceptionUtils.findThrowable(e, CheckpointException.class)
        .map(CheckpointException::getCheckpointFailureReason)
        .orElse(null);
  }

  Outcome run() throws Exception {
    JobClient client = start();
    return outcome(client);
  }

  Outcome outcome(JobClient client) throws Exception {
    var result = client.getJobExecutionResult().get(300, TimeUnit.SECONDS);
    Progress progress = result.getAccumulatorResult(FinalProgress.NAME);
    float[] model = MODELS.remove(run.id());
    return new Outcome(
        Objects.requireNonNull(model),
        progress,
        REJECTED.getOrDefault(run.id(), Set.of()),
        DROPPED.getOrDefault(run.id(), List.of()),
        DRIFTS.getOrDefault(run.id(), List.of()));
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.parse("64mb"));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, stateBackend);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.resolve("c").toUri().toString());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(20));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      configuration.set(
          StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, generation.number() > 0);
    }
    return configuration;
  }

  private Attempts attempts() {
    Attempts attempts = Attempts.of(1, Duration.ofSeconds(60));
    Attempts.Deadlines deadlines = attempts.deadlines();
    return new Attempts(
        attempts.most(),
        new Attempts.Deadlines(deadlines.attempt(), deadlines.grace(), slotDeadline),
        attempts.backoff(),
        null);
  }

  private void draw(StreamExecutionEnvironment env) {
    String id = run.id();
    Loop loop =
        run.loop(generation, new Loop.Workforce(run.workers(), 2 * parallelism, attempts()));
    LoopStreams streams = LoopGraph.draw(env, loop);
    streams.stream()
        .ifPresent(
            stream ->
                stream
                    .rejected()
                    .map(new Note(id))
                    .returns(Types.LONG)
                    .uid("note")
                    .sinkTo(new DiscardingSink<>())
                    .uid("rejected"));
    SingleOutputStreamOperator<StepReport> reports = streams.reports();
    reports
        .getSideOutput(ParameterServerOperator.DRIFTS)
        .map(new Tell(id))
        .returns(Types.LONG)
        .uid("tell")
        .sinkTo(new DiscardingSink<>())
        .uid("drifts");
    reports
        .getSideOutput(ParameterServerOperator.DEAD_LETTERS)
        .map(new SetAside(id))
        .returns(Types.LONG)
        .uid("set-aside")
        .sinkTo(new DiscardingSink<>())
        .uid("dropped");
    reports
        .map(new Fail(id))
        .returns(Types.LONG)
        .uid("failures")
        .sinkTo(new DiscardingSink<>())
        .uid("reports");
    reports
        .getSideOutput(ParameterServerOperator.MODEL)
        .map(new Keep(id))
        .returns(Types.LONG)
        .uid("model")
        .sinkTo(new DiscardingSink<>());
  }

  /** Puts what was rejected where the test finds it. */
  private static final class Note implements MapFunction<RejectedRecord, Long> {
    private static final long serialVersionUID = 1L;
    private final String id;

    Note(String id) {
      this.id = id;
    }

    @Override
    public Long map(RejectedRecord rejected) {
      Position position = rejected.record().position();
      REJECTED.computeIfAbsent(id, i -> ConcurrentHashMap.newKeySet()).add(position);
      return position.offset();
    }
  }

  /** Puts drifts where the test finds them. */
  private static final class Tell implements MapFunction<DriftReport, Long> {
    private static final long serialVersionUID = 1L;
    private final String id;

    Tell(String id) {
      this.id = id;
    }

    @Override
    public Long map(DriftReport drift) {
      DRIFTS.computeIfAbsent(id, i -> new CopyOnWriteArrayList<>()).add(drift);
      return drift.version();
    }
  }

  /** Puts what could not be computed where the test finds it. */
  private static final class SetAside implements MapFunction<Dropped, Long> {
    private static final long serialVersionUID = 1L;
    private final String id;

    SetAside(String id) {
      this.id = id;
    }

    @Override
    public Long map(Dropped dropped) {
      DROPPED.computeIfAbsent(id, i -> new CopyOnWriteArrayList<>()).add(dropped);
      return (long) dropped.count();
    }
  }

  /** Throws when a step is applied at which the test wants the job to start again. */
  private static final class Fail implements MapFunction<StepReport, Long> {
    private static final long serialVersionUID = 1L;
    private final String id;

    Fail(String id) {
      this.id = id;
    }

    @Override
    public Long map(StepReport report) {
      PureWorker.Orders orders = PureWorker.orders(id);
      if (!report.evaluation() && !orders.hopeless && orders.fails(report.version() - 1)) {
        throw new IllegalStateException("as the test says");
      }
      return report.version();
    }
  }

  /** Puts a shard where the test finds it. */
  private static final class Keep implements MapFunction<ModelShard, Long> {
    private static final long serialVersionUID = 1L;
    private final String id;

    Keep(String id) {
      this.id = id;
    }

    @Override
    public Long map(ModelShard shard) {
      float[] model = Objects.requireNonNull(MODELS.get(id));
      System.arraycopy(shard.weights(), 0, model, shard.from(), shard.weights().length);
      return shard.version();
    }
  }
}
