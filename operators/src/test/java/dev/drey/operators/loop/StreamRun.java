package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.Normalization;
import dev.drey.core.drift.PageHinkley;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Momentum;
import dev.drey.core.parameters.Shards;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.dispatch.RequestTemplate;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingRecords;
import dev.drey.operators.server.DriftRule;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepRates;
import dev.drey.operators.server.UpdateRule;
import dev.drey.operators.stream.StreamSteps;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run over a topic in memory.
 *
 * @param id of the test, which names its topic, its store and its worker's orders
 * @param tasks that read the topic at most
 * @param replay the reaction to a drift; null not to look for one
 */
record StreamRun(
    String id,
    Structure structure,
    StreamSteps steps,
    int tasks,
    DriftRule.Reaction.@Nullable Replay replay)
    implements LoopUnderTest {

  @Override
  public Loop loop(Generation generation, Loop.Workforce workforce) {
    String store = id;
    return new Loop(
        run(id),
        new Loop.Names(UUID.randomUUID()),
        new Feed.Stream(
            new TestingRecords(id),
            new TestingEncoder.Maker(steps.evaluateEvery() > 0),
            steps,
            tasks),
        generation,
        workforce,
        policy(),
        new ServerSettings(
            new ServerSettings.Model(
                new Shards(TestingRun.PARAMETERS, 3),
                TestingRun::initial,
                new UpdateRule(
                    new Momentum(0.5f),
                    new StepRates(LearningRate.constant(0.01), Long.MAX_VALUE, 1),
                    0.001f,
                    null,
                    List.of(),
                    drift())),
            () -> TestingWeightStore.of(store),
            Long.MAX_VALUE,
            new ServerSettings.Reports(Long.MAX_VALUE)));
  }

  @Override
  public GradientWorker.Provider workers() {
    String worker = id;
    return () -> new StreamWorker(worker);
  }

  /** Of any run over a stream: ten steps in a row may fail. */
  static StepPolicy policy() {
    return new StepPolicy(
        0, new StepPolicy.Tolerance(0, 10), TestingRun.budget(), Duration.ofMinutes(5));
  }

  /** What requests of a run have in common that fits a regression to the topic's examples. */
  static RequestTemplate run(String name) {
    NetworkSpec network =
        new NetworkSpec(
            List.of(TestingEncoder.FEATURES),
            List.of(new Dense(TestingEncoder.LABELS, Activation.LINEAR, Initializer.ZEROS)),
            new Loss.HalfSquaredError());
    return new RequestTemplate(name, network, null, null, Normalization.NONE, null, 7);
  }

  private @Nullable DriftRule drift() {
    return replay == null
        ? null
        : new DriftRule(new PageHinkley.Settings(0.02, 0.5), DriftRule.Signal.LOSS, 4, replay);
  }
}
