package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.blob.Blob;
import dev.drey.core.cost.Price;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Momentum;
import dev.drey.core.parameters.Shards;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.Sums;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.dispatch.RequestTemplate;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepRates;
import dev.drey.operators.server.UpdateRule;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A run whose gradients are a pure function of step, slot, rows and weights, and what comes out of
 * it when it is computed straight, in one thread. Its epochs end with a step that has one row.
 *
 * @param id of the test, which names its store and its worker's orders
 * @param structure of the tree
 * @param steps of the run
 * @param staleness of the run
 */
record TestingRun(String id, Structure structure, int steps, long staleness)
    implements LoopUnderTest, Serializable {

  static final int PARAMETERS = 14;
  private static final int MINI_BATCH = 2;
  private static final float MOMENTUM = 0.5f;
  private static final float RATE = 0.125f;
  private static final DataSource DATA =
      new DataSource.Npy(
          new Blob.Reference(URI.create("memory:x"), 1, "00000000"),
          new Blob.Reference(URI.create("memory:y"), 1, "00000000"));

  @Override
  public Loop loop(Generation generation, Loop.Workforce workforce) {
    return new Loop(
        run(),
        new Loop.Names(UUID.randomUUID()),
        new Feed.DataSet(plan(), List.of()),
        generation,
        workforce,
        policy(),
        server());
  }

  @Override
  public GradientWorker.Provider workers() {
    String worker = id;
    return () -> new PureWorker(worker);
  }

  StepPlan plan() {
    int rows = 3 * structure.slots() * MINI_BATCH + 1;
    return new StepPlan(
        new StepPlan.Settings(
            IntStream.range(0, rows).toArray(),
            new int[] {0, 1, 2},
            structure.slots(),
            MINI_BATCH,
            11,
            new StepPlan.Length.Steps(steps)));
  }

  RequestTemplate run() {
    NetworkSpec network =
        new NetworkSpec(
            List.of(6),
            List.of(new Dense(2, Activation.LINEAR, Initializer.ZEROS)),
            new Loss.HalfSquaredError());
    return new RequestTemplate(id, network, DATA, DATA, Normalization.NONE, null, 7);
  }

  ServerSettings server() {
    String store = id;
    return new ServerSettings(
        new ServerSettings.Model(
            new Shards(PARAMETERS, 3),
            TestingRun::initial,
            new UpdateRule(
                new Momentum(MOMENTUM),
                new StepRates(LearningRate.constant(RATE), steps, 1),
                0,
                null,
                List.of())),
        () -> TestingWeightStore.of(store),
        Long.MAX_VALUE,
        new ServerSettings.Reports(plan().stepsPerEpoch()));
  }

  StepPolicy policy() {
    return new StepPolicy(
        staleness, new StepPolicy.Tolerance(1, 0), budget(), Duration.ofMinutes(5));
  }

  static Budget budget() {
    return new Budget(Double.POSITIVE_INFINITY, Price.X86, 1024);
  }

  static float[] initial() {
    return Sums.values(1_000_000, 0, PARAMETERS);
  }

  /** The gradient sum of a slot. */
  static float[] gradient(long step, int slot, int[] rows, float[] weights) {
    float[] gradient = Sums.values(step, slot, PARAMETERS);
    for (int row : rows) {
      for (int i = 0; i < PARAMETERS; i++) {
        gradient[i] += 0.01f * (row + 1) * weights[i];
      }
    }
    return gradient;
  }

  /** Examples that the run trains on. */
  long examples() {
    long examples = 0;
    for (long step = 0; step < steps; step++) {
      examples += examples(step);
    }
    return examples;
  }

  private long examples(long step) {
    return IntStream.range(0, structure.slots())
        .mapToLong(slot -> counted(step, slot).length)
        .sum();
  }

  /** Rows that are in the sum of a slot. */
  private int[] counted(long step, int slot) {
    PureWorker.Orders orders = PureWorker.orders(id);
    return isSilent(step, slot)
        ? new int[0]
        : IntStream.of(offered(step, slot)).filter(row -> !orders.poison.contains(row)).toArray();
  }

  /** Rows that a synchronous run offers to a slot: its own, and its share of those late before. */
  private int[] offered(long step, int slot) {
    int[] late =
        IntStream.range(0, structure.slots())
            .filter(other -> isSilent(step - 1, other))
            .flatMap(other -> IntStream.of(offered(step - 1, other)))
            .toArray();
    int from = late.length * slot / structure.slots();
    int to = late.length * (slot + 1) / structure.slots();
    return IntStream.concat(
            IntStream.of(plan().training(step, slot).rows()),
            IntStream.range(from, to).map(i -> late[i]))
        .toArray();
  }

  private boolean isSilent(long step, int slot) {
    return PureWorker.orders(id).silent.contains(step + "/" + slot);
  }

  /** The weights that a synchronous run must end with, bit for bit. */
  float[] straight() {
    return straight(new TreeMap<>(Map.of(0L, structure)));
  }

  /**
   * Those of a run that changes its structure.
   *
   * @param structures each by the first step that it adds up
   */
  float[] straight(TreeMap<Long, Structure> structures) {
    float[] weights = initial();
    float[] velocity = new float[PARAMETERS];
    for (long step = 0; step < steps; step++) {
      long k = step;
      float[] sum =
          Sums.added(
              structures.floorEntry(step).getValue(),
              slot -> {
                int[] rows = counted(k, slot);
                return rows.length == 0 ? new float[PARAMETERS] : gradient(k, slot, rows, weights);
              });
      float scale = (float) (1.0 / examples(step));
      for (int i = 0; i < PARAMETERS; i++) {
        velocity[i] = MOMENTUM * velocity[i] + sum[i] * scale;
        weights[i] -= RATE * velocity[i];
      }
    }
    return weights;
  }
}
