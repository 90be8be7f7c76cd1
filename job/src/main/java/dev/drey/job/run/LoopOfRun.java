package dev.drey.job.run;

import dev.drey.connectors.store.RetryingWeightStore;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.optimizer.Clipping;
import dev.drey.core.parameters.Shards;
import dev.drey.job.pretrained.PretrainedWeights;
import dev.drey.job.spec.PatienceSettings;
import dev.drey.job.spec.PublishSettings;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.TrainingSettings;
import dev.drey.job.spec.WorkerSettings;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.CoordinationSettings;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.RequestTemplate;
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
  private final UUID id;
  private final Course course;
  private final Budget budget;

  /**
   * Makes it.
   *
   * @throws IOException if the run's id cannot be read or written
   */
  LoopOfRun(PreparedRun run) throws IOException {
    this.run = run;
    this.id = RunId.of(run.directory());
    this.specification = run.specification();
    this.course = Course.of(run);
    this.budget =
        new Budget(
            specification.budget().dollars().orElse(Double.POSITIVE_INFINITY),
            specification.workers().architecture().price(),
            specification.workers().memoryMb());
  }

  /** In the names of what the run has in places that others use too. */
  UUID id() {
    return id;
  }

  Course course() {
    return course;
  }

  Budget budget() {
    return budget;
  }

  Loop loop(LoopPorts ports, Stage stage) {
    TrainingSettings training = specification.training();
    int parameters = run.input().network().parameterCount();
    Shards shards = training.shards(parameters);
    long staleness = training.staleness().bound().map(Integer::longValue).orElse(Long.MAX_VALUE);
    long seed = training.seed();
    var network = run.input().network();
    return new Loop(
        new RequestTemplate(
            specification.name(),
            network,
            course.training(),
            course.test(),
            course.normalization(),
            specification.workers().kernels().orElse(null),
            seed),
        id,
        course.feed(),
        stage.generation(),
        ports.workers(),
        new Loop.Workforce(specification.workers().concurrency(), attempts()),
        new ServerSettings(
            shards,
            initialWeights(),
            new UpdateRule(
                training.optimizer(),
                new StepRates(
                    training.learningRate().resolve(course.stepsPerEpoch()),
                    course
                        .plannedSteps(), // a budget ends the schedule early, and does not hurry it
                    specification.workers().count() * training.miniBatch()),
                training.l2(),
                training.clipNorm().map(Clipping::new).orElse(null),
                network.statistics(),
                training
                    .drift()
                    .map(
                        drift ->
                            drift.rule(
                                network.loss().classifies(), LoopGraph.stepsAhead(staleness) - 1))
                    .orElse(null)),
            new RetryingWeightStore.Provider(ports.store(), specification.store().deadline()),
            (int) Math.min(staleness, MOST_VERSIONS) + SPARE_VERSIONS,
            course.stepsPerEpoch(),
            budget,
            1 + Math.min(staleness, LoopGraph.stepsAhead(staleness)),
            mayMiss(),
            course.maxEmptySteps(),
            stage.stepSeconds().orElse(Double.NaN),
            training.prequential(),
            specification.output().publish().map(PublishSettings::every).orElse(Long.MAX_VALUE)),
        new CoordinationSettings(
            shards.count(),
            staleness,
            course.evaluations(),
            budget,
            mayMiss(),
            specification.workers().patience().stall()));
  }

  private ServerSettings.InitialWeights initialWeights() {
    NetworkSpec network = run.input().network();
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
}
