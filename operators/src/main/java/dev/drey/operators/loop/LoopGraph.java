package dev.drey.operators.loop;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Shares;
import dev.drey.core.data.Batch;
import dev.drey.core.data.RowBatch;
import dev.drey.core.parameters.Shards;
import dev.drey.operators.aggregate.AggregateOperator;
import dev.drey.operators.aggregate.CombineOperator;
import dev.drey.operators.aggregate.PartialSumSerializer;
import dev.drey.operators.aggregate.SumKey;
import dev.drey.operators.coordination.AnnouncingOperatorFactory;
import dev.drey.operators.coordination.GatedOperatorFactory;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.dispatch.DispatchFunction;
import dev.drey.operators.minibatch.MiniBatchSource;
import dev.drey.operators.minibatch.RowBatchSerializer;
import dev.drey.operators.server.ParameterServerOperator;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepReport;
import dev.drey.operators.stream.StreamInput;
import dev.drey.operators.stream.StreamPlan;
import dev.drey.operators.stream.StreamSource;
import dev.drey.operators.type.SerializedType;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Adds a loop to a job graph: mini-batches, dispatch, the aggregation tree, the parameter server.
 */
public final class LoopGraph {

  /** Key groups: fixed, since {@code KeySpread} chooses keys by them, and more than tasks. */
  private static final int MAX_PARALLELISM = 128;

  private static final SerializedType<PartialSum> SUM =
      new SerializedType<>(PartialSum.class, new PartialSumSerializer());

  private final StreamExecutionEnvironment env;
  private final Loop loop;
  private final Shards shards;
  private final Shares shares;
  private final Uids uids;

  private LoopGraph(StreamExecutionEnvironment env, Loop loop) {
    this.env = env;
    this.loop = loop;
    this.shards = loop.server().model().shards();
    this.shares = new Shares(loop.structure());
    this.uids = loop.uids();
  }

  /**
   * Adds the loop to an environment.
   *
   * @throws IllegalArgumentException if the loop's stream does not fit the rest of it
   */
  public static LoopStreams draw(StreamExecutionEnvironment env, Loop loop) {
    env.setMaxParallelism(MAX_PARALLELISM);
    // Without these, every hop of every step waits for a buffer to fill, and copies its sum.
    env.setBufferTimeout(0);
    env.getConfig().enableObjectReuse();
    LoopGraph graph = new LoopGraph(env, loop);
    if (loop.feed() instanceof Feed.Stream stream) {
      StreamFit.check(stream, loop);
      StreamInput input = graph.input(stream);
      return new LoopStreams(
          graph.server(graph.tree(graph.dispatch(input.miniBatches()))), Optional.of(input));
    }
    Feed.DataSet data = (Feed.DataSet) loop.feed();
    return new LoopStreams(
        graph.server(graph.tree(graph.dispatch(graph.miniBatches(data)))), Optional.empty());
  }

  private DataStream<RowBatch> miniBatches(Feed.DataSet data) {
    return env.fromSource(
            new MiniBatchSource(
                data.plan(),
                loop.structure(),
                loop.generation().firstStep(),
                stepsAhead(),
                data.files()),
            WatermarkStrategy.noWatermarks(),
            "mini-batches",
            new SerializedType<>(RowBatch.class, RowBatchSerializer.INSTANCE))
        .uid(uids.source())
        .setParallelism(mostTasks());
  }

  private StreamInput input(Feed.Stream stream) {
    return StreamInput.addTo(
        env,
        new StreamSource<>(
            stream.records(),
            stream.encoder(),
            new StreamPlan(
                stream.steps(),
                loop.replaying(),
                loop.structure(),
                loop.generation().firstStep(),
                stepsAhead())),
        uids.source(),
        uids.ofGeneration("reject"),
        Math.min(mostTasks(), stream.tasks()));
  }

  private int mostTasks() {
    return Math.min(
        Math.min(env.getParallelism(), shares.units().size()), loop.workforce().concurrency());
  }

  private <B extends Batch> DataStream<PartialSum> dispatch(DataStream<B> miniBatches) {
    int tasks = miniBatches.getParallelism();
    DispatchFunction<B> function =
        new DispatchFunction<>(
            loop.run(),
            loop.workforce().attempts(),
            loop.workforce().concurrency(),
            loop.workforce().workers());
    return miniBatches
        .transform(
            "dispatch",
            SUM,
            new GatedOperatorFactory<>(function, capacity(tasks), uids, DispatchFunction::current))
        .uid(uids.ofGeneration("dispatch"))
        .setParallelism(tasks)
        .transform(
            shares.firstShuffledLevel() > 1 ? "aggregate 1" : "combine",
            SUM,
            new CombineOperator(loop.structure(), shards, stepsAhead()))
        .uid(uids.ofGeneration("aggregate-1"))
        .setParallelism(tasks);
  }

  private int stepsAhead() {
    return loop.policy().stepsAhead();
  }

  /**
   * Capacity for everything that the source emits ahead, evaluations included: the operator must
   * never be full, see {@link dev.drey.operators.coordination.LoopEvent}.
   */
  private int capacity(int tasks) {
    int slots = (loop.structure().slots() + tasks - 1) / tasks;
    int unit = loop.structure().slots() / shares.units().size() + 1;
    return Math.multiplyExact(2 * (stepsAhead() + 1), slots + unit);
  }

  private DataStream<PartialSum> tree(DataStream<PartialSum> combined) {
    DataStream<PartialSum> sums = combined;
    int root = loop.structure().levels();
    for (int level = shares.firstShuffledLevel(); level <= root; level++) {
      String name = level == root ? "root" : String.valueOf(level);
      sums =
          sums.keyBy(key(level))
              .transform(
                  "aggregate " + name,
                  SUM,
                  new AggregateOperator(loop.structure(), level, loop.generation().firstStep()))
              .uid(uids.ofGeneration("aggregate-" + name))
              .setParallelism(
                  Math.min(env.getParallelism(), loop.structure().nodes(level) * shards.count()));
    }
    return sums;
  }

  /** The root's sums are keyed by shard already, so the server can be chained to it. */
  private SingleOutputStreamOperator<StepReport> server(DataStream<PartialSum> sums) {
    KeyedStream<PartialSum, Integer> byShard =
        DataStreamUtils.reinterpretAsKeyedStream(sums, key(loop.structure().levels()));
    ServerSettings settings = loop.server();
    StepPolicy policy = loop.policy();
    String objects = loop.objects();
    return byShard
        .transform(
            "parameter server",
            TypeInformation.of(StepReport.class),
            new AnnouncingOperatorFactory<>(
                (parameters, coordinator) ->
                    new ParameterServerOperator(parameters, settings, policy, objects, coordinator),
                ParameterServerOperator.class,
                loop.coordination(),
                uids.source()))
        .uid(uids.server())
        .setParallelism(Math.min(env.getParallelism(), shards.count()));
  }

  private SumKey key(int level) {
    return new SumKey(loop.structure(), level, shards, MAX_PARALLELISM);
  }
}
