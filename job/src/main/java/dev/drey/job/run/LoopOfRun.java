package dev.drey.job.run;

import dev.drey.connectors.store.RetryingWeightStore;
import dev.drey.core.data.StepPlan;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.optimizer.Clipping;
import dev.drey.core.parameters.Shards;
import dev.drey.job.pretrained.PretrainedWeights;
import dev.drey.job.spec.PatienceSettings;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.TrainingSettings;
import dev.drey.job.spec.WorkerSettings;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.CoordinationSettings;
import dev.drey.operators.coordination.EvaluationSchedule;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.Run;
import dev.drey.operators.loop.Feed;
import dev.drey.operators.loop.Loop;
import dev.drey.operators.loop.LoopGraph;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepRates;
import dev.drey.operators.server.UpdateRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;

/** Makes the loop that a specification asks for. */
final class LoopOfRun {

  /** Versions that stay published beyond the staleness: who is late by one can still read. */
  private static final int SPARE_VERSIONS = 2;

  /** The most versions that stay, when the staleness has no bound. */
  private static final int MOST_VERSIONS = 64;

  private final PreparedRun run;
  private final RunSpecification specification;
  private final long plannedSteps;
  private final UUID id;
  private final StepPlan plan;
  private final Budget budget;

  LoopOfRun(PreparedRun run) {
    this(run, UUID.randomUUID());
  }

  /**
   * @param id in the names of the run's objects in the weight store
   */
  LoopOfRun(PreparedRun run, UUID id) {
    this.run = run;
    this.id = id;
    this.specification = run.specification();
    StepPlan planned = run.data().plan(specification);
    this.plannedSteps = planned.steps();
    this.plan = cutOff(planned, specification.budget().steps().orElse(Long.MAX_VALUE));
    this.budget =
        new Budget(
            specification.budget().dollars().orElse(Double.POSITIVE_INFINITY),
            specification.workers().architecture().price(),
            specification.workers().memoryMb());
  }

  /** The plan of the specification, cut off where the budget of steps ends. */
  private static StepPlan cutOff(StepPlan plan, long most) {
    if (plan.steps() <= most) {
      return plan;
    }
    StepPlan.Settings s = plan.settings();
    return new StepPlan(
        new StepPlan.Settings(
            s.trainRows(),
            s.testRows(),
            s.slots(),
            s.miniBatch(),
            s.seed(),
            new StepPlan.Length.Steps(most)));
  }

  StepPlan plan() {
    return plan;
  }

  /** Whether the plan ends where the budget of steps does, before what was to be trained. */
  boolean endsEarly() {
    return plan.steps() < plannedSteps;
  }

  Budget budget() {
    return budget;
  }

  Loop loop(LoopPorts ports, Stage stage) {
    TrainingSettings training = specification.training();
    int parameters = run.data().network().parameterCount();
    Shards shards = training.shards(parameters);
    long staleness = training.staleness().bound().map(Integer::longValue).orElse(Long.MAX_VALUE);
    long seed = training.seed();
    var network = run.data().network();
    return new Loop(
        new Run(
            specification.name(),
            network,
            run.data().training(),
            run.data().test(),
            run.data().normalization(),
            specification.workers().kernels().orElse(null),
            seed),
        id,
        new Feed.DataSet(plan),
        stage.generation(),
        ports.workers(),
        new Loop.Workforce(specification.workers().concurrency(), attempts()),
        new ServerSettings(
            shards,
            initialWeights(),
            new UpdateRule(
                training.optimizer(),
                new StepRates(
                    training.learningRate().resolve(plan.stepsPerEpoch()),
                    plannedSteps, // a budget ends the schedule early, and does not hurry it
                    plan.settings().slots() * plan.settings().miniBatch()),
                training.l2(),
                training.clipNorm().map(Clipping::new).orElse(null),
                network.statistics(),
                training
                    .drift()
                    .map(drift -> drift.rule(network.loss().classifies()))
                    .orElse(null)),
            new RetryingWeightStore.Provider(ports.store(), specification.store().deadline()),
            (int) Math.min(staleness, MOST_VERSIONS) + SPARE_VERSIONS,
            plan.stepsPerEpoch(),
            budget,
            1 + Math.min(staleness, LoopGraph.stepsAhead(staleness)),
            mayMiss(),
            0, // a row that no worker can compute is a fault of the data set
            stage.stepSeconds().orElse(Double.NaN),
            training.prequential(),
            specification
                .output()
                .publish()
                .map(publish -> publish.every().steps(plan.stepsPerEpoch()))
                .orElse(Long.MAX_VALUE)),
        new CoordinationSettings(
            shards.count(),
            staleness,
            evaluations(),
            budget,
            mayMiss(),
            specification.workers().patience().stall()));
  }

  private ServerSettings.InitialWeights initialWeights() {
    NetworkSpec network = run.data().network();
    long seed = specification.training().seed();
    Optional<PretrainedWeights> pretrained = run.pretrained();
    if (pretrained.isEmpty()) {
      return () -> network.initialParameters(seed);
    }
    PretrainedWeights weights = pretrained.get();
    return () -> {
      try {
        return weights.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private Attempts attempts() {
    WorkerSettings workers = specification.workers();
    PatienceSettings patience = workers.patience();
    return new Attempts(
        workers.attempts(),
        new Attempts.Deadlines(workers.timeout(), patience.grace(), patience.deadline()),
        new Attempts.Backoff(patience.backoff().first(), patience.backoff().longest()),
        patience
            .hedge()
            .map(hedge -> new Attempts.Hedging(hedge.quantile(), hedge.factor()))
            .orElse(null));
  }

  private int mayMiss() {
    return specification.workers().patience().mayMiss(specification.workers().count());
  }

  private EvaluationSchedule evaluations() {
    return plan.settings().testRows().length == 0
        ? EvaluationSchedule.NEVER
        : new EvaluationSchedule(plan.stepsPerEpoch(), plan.steps());
  }
}
