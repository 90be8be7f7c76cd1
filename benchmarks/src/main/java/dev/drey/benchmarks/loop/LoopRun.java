package dev.drey.benchmarks.loop;

import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.blob.Blob;
import dev.drey.core.cost.Price;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan;
import dev.drey.core.exchange.Store;
import dev.drey.core.layer.Dense;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.optimizer.Adam;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.parameters.Shards;
import dev.drey.job.access.RestAccess;
import dev.drey.job.flink.LocalFlink;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.RequestTemplate;
import dev.drey.operators.loop.Feed;
import dev.drey.operators.loop.Generation;
import dev.drey.operators.loop.Loop;
import dev.drey.operators.loop.LoopGraph;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepRates;
import dev.drey.operators.server.UpdateRule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * The loop with workers that answer at once.
 *
 * @param parameters of the network
 * @param structure of the tree, slots last
 * @param steps that are measured, after some that are not
 * @param checkpoints how often the state is saved
 * @param store where versions are published
 * @param directory for Flink's files
 */
record LoopRun(
    int parameters,
    Structure structure,
    int steps,
    Duration checkpoints,
    Store.Provider store,
    Path directory) {

  /** Versions of the weights that lie in the store at once. */
  private static final int VERSIONS = 4;

  /** Longer than any run. */
  static final Duration NO_CHECKPOINTS = Duration.ofHours(24);

  private static final int LEAST_WARM_UP = 20;
  private static final int MOST_WARM_UP = 1000;
  private static final long WARM_UP_FLOATS = 400_000_000;

  /** Milliseconds of every step of a run with files of its own, which are deleted afterwards. */
  static double[] millis(int parameters, Structure structure, int steps, Duration checkpoints)
      throws Exception {
    Path directory = Files.createTempDirectory("drey-bench-");
    long bytes = (long) VERSIONS * parameters * Float.BYTES;
    try (ExchangeDirectory exchange = ExchangeDirectory.create(directory, bytes)) {
      return new LoopRun(
              parameters,
              structure,
              steps,
              checkpoints,
              JobStores.provider(exchange.weights()),
              directory)
          .millis();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  /**
   * Steps until the loops are compiled and the heap has its size: more of them if they are small.
   */
  private int warmUp() {
    long steps = WARM_UP_FLOATS / ((long) structure.slots() * parameters);
    return (int) Math.max(LEAST_WARM_UP, Math.min(MOST_WARM_UP, steps));
  }

  /** Milliseconds of every measured step, in order. */
  double[] millis() throws Exception {
    Configuration configuration =
        LocalFlink.configuration(
            Runtime.getRuntime().availableProcessors(),
            checkpoints,
            directory.resolve("checkpoints"),
            directory.resolve("tmp"));
    RestAccess.protect(configuration, directory.resolve("token"));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(configuration);
    ReportTimes times = new ReportTimes(toString());
    LoopGraph.draw(env, loop()).reports().sinkTo(times).name("times").setParallelism(1);
    env.execute("bench loop");
    ReadyWorker.clear();
    List<Long> nanos = times.nanos();
    return IntStream.range(warmUp(), nanos.size())
        .mapToDouble(i -> (nanos.get(i) - nanos.get(i - 1)) / 1e6)
        .toArray();
  }

  private Loop loop() {
    int slots = structure.slots();
    long total = (long) steps + warmUp();
    int[] rows = IntStream.range(0, slots).toArray();
    StepPlan plan =
        new StepPlan(
            new StepPlan.Settings(rows, new int[0], slots, 1, 1, new StepPlan.Length.Steps(total)));
    NetworkSpec network =
        new NetworkSpec(
            List.of(parameters - 1),
            List.of(new Dense(1, null, null)),
            new Loss.MeanSquaredError());
    Blob.Reference nowhere = new Blob.Reference(URI.create("file:///none"), 0, "00000000");
    RequestTemplate run =
        new RequestTemplate(
            "bench",
            network,
            new DataSource.Idx(nowhere, nowhere),
            null,
            Normalization.NONE,
            null,
            0);
    int length = parameters;
    return new Loop(
        run,
        new Loop.Names(UUID.randomUUID()),
        new Feed.DataSet(plan, List.of()),
        Generation.first(structure),
        new Loop.Workforce(
            new ReadyWorker.Provider(parameters), slots, Attempts.of(1, Duration.ofMinutes(1))),
        new StepPolicy(
            0,
            StepPolicy.Tolerance.NONE,
            new Budget(Double.POSITIVE_INFINITY, Price.X86, 1769),
            Duration.ofMinutes(10)),
        new ServerSettings(
            new ServerSettings.Model(
                Shards.of(parameters),
                () -> new float[length],
                new UpdateRule(
                    new Adam(0.9f, 0.999f, 1e-8f),
                    new StepRates(LearningRate.constant(1e-3), total, slots),
                    0,
                    null,
                    List.of())),
            store,
            Long.MAX_VALUE,
            new ServerSettings.Reports(total)));
  }
}
