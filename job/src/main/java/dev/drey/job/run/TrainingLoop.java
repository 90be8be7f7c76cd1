package dev.drey.job.run;

import dev.drey.connectors.store.RetryingStore;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.optimizer.Clipping;
import dev.drey.job.pretrained.PretrainedWeights;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.training.TrainingSettings;
import dev.drey.job.specification.workers.PatienceSettings;
import dev.drey.job.specification.workers.WorkerSettings;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.RequestTemplate;
import dev.drey.operators.loop.Loop;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepRates;
import dev.drey.operators.server.UpdateRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;

/** Makes the training loop of a run from its specification. */
final class TrainingLoop {

  /** In the run's directory: what it has spent, for the process that resumes it. */
  static final String BILL = "bill.txt";

  private final PreparedRun run;
  private final RunSpecification specification;
  private final UUID id;
  private final TrainingInput input;
  private final Budget budget;

  /**
   * Makes it.
   *
   * @throws IOException if the run's id cannot be read or written
   */
  TrainingLoop(PreparedRun run) throws IOException {
    this.run = run;
    this.id = RunIdFile.readOrCreate(run.directory());
    this.specification = run.specification();
    this.input = TrainingInput.of(run);
    this.budget =
        new Budget(
            specification.budget().dollars().orElse(Double.POSITIVE_INFINITY),
            specification.workers().architecture().price(),
            specification.workers().memoryMb(),
            run.directory().resolve(BILL).toAbsolutePath().toString());
  }

  /** Of the run, see {@link RunIdFile}. */
  UUID id() {
    return id;
  }

  TrainingInput input() {
    return input;
  }

  /** The uids of the operators of a job. */
  Uids uids(JobStart start) {
    return new Uids(names().uidPrefix(), start.generation().number());
  }

  private Loop.Names names() {
    return new Loop.Names(id);
  }

  Budget budget() {
    return budget;
  }

  Loop loop(LoopPorts ports, JobStart start) {
    return new Loop(
        requests(),
        names(),
        input.feed(),
        start.generation(),
        new Loop.Workforce(ports.workers(), specification.workers().concurrency(), attempts()),
        policy(),
        server(ports, start));
  }

  private RequestTemplate requests() {
    return new RequestTemplate(
        specification.name(),
        network(),
        input.training(),
        input.test(),
        input.normalization(),
        specification.workers().kernels().orElse(null),
        specification.training().seed());
  }

  private StepPolicy policy() {
    WorkerSettings workers = specification.workers();
    return new StepPolicy(
        specification.training().staleness().bound().map(Integer::longValue).orElse(Long.MAX_VALUE),
        new StepPolicy.Tolerance(workers.patience().mayMiss(workers.count()), input.failedSteps()),
        budget,
        workers.patience().stall());
  }

  private ServerSettings server(LoopPorts ports, JobStart start) {
    TrainingSettings training = specification.training();
    return new ServerSettings(
        new ServerSettings.Model(
            training.shards(network().parameterCount()), initialWeights(), rule()),
        new RetryingStore.Provider(ports.store(), specification.store().deadline()),
        specification.output().publish().map(PublishSettings::every).orElse(Long.MAX_VALUE),
        new ServerSettings.Reports(
            input.stepsPerEpoch(),
            start.stepSeconds().orElse(Double.NaN),
            training.prequential(),
            input.ends()));
  }

  private UpdateRule rule() {
    TrainingSettings training = specification.training();
    boolean classifies = network().loss().classifies();
    return new UpdateRule(
        training.optimizer(),
        rates(),
        training.l2(),
        training.clipNorm().map(Clipping::new).orElse(null),
        network().statistics(),
        training.drift().map(drift -> drift.rule(classifies)).orElse(null));
  }

  /** A budget of steps ends the schedule early, and does not compress it. */
  private StepRates rates() {
    TrainingSettings training = specification.training();
    return new StepRates(
        training.learningRate().resolve(input.stepsPerEpoch()),
        input.plannedSteps(),
        specification.workers().count() * training.miniBatch());
  }

  private NetworkSpec network() {
    return run.input().network();
  }

  private ServerSettings.InitialWeights initialWeights() {
    NetworkSpec network = network();
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
}
