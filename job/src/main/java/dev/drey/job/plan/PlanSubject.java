package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.network.WorkerMemory;
import dev.drey.core.plan.Billing;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Placement;
import dev.drey.core.plan.PlanSpace;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.Tariff;
import dev.drey.core.plan.Workload;
import dev.drey.job.spec.BoundNetwork;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.WorkerRuntime;
import dev.drey.job.spec.WorkerSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is planned: a run specification's training, and what of it may be chosen.
 *
 * @param name of the run
 * @param structure that the specification has now; flat if it is auto
 * @param memoryMb that it has now; the usual if it is auto
 */
public record PlanSubject(
    String name,
    Profile profile,
    Workload workload,
    PlanSpace space,
    RunLength length,
    Structure structure,
    int memoryMb) {

  /**
   * Puts it together.
   *
   * @param profile of the place; nothing for the built-in one of the specification's runtime
   * @param tree that was measured, which goes before the profile's; or nothing
   * @param tasks of the loop, unless the measured tree says
   */
  public static PlanSubject of(
      RunSpecification specification,
      BoundNetwork bound,
      PlanWishes wishes,
      Optional<Profile> profile,
      Optional<MeasuredTree> tree,
      int tasks) {
    WorkerSettings workers = specification.workers();
    RunSpecification now =
        specification.withTheUsual(
            WorkerMemory.of(
                bound.network(),
                specification.training().miniBatch(),
                bound.evaluation(),
                bound.dataBytes()));
    Profile place = profile.orElseGet(() -> builtIn(workers));
    Workload workload = workload(specification, bound, wishes.localSteps());
    long bytes = workload.vectorBytes();
    int shards = specification.training().shards(bound.network().parameterCount()).count();
    Placement placement =
        tree.map(MeasuredTree::placement).orElseGet(() -> new OnTasks(tasks, shards));
    return new PlanSubject(
        specification.name(),
        tree.map(measured -> place.withTree(measured.constants(bytes))).orElse(place),
        workload,
        new PlanSpace(
            wishes.workers(Math.max(workers.count(), place.limits().concurrency())),
            PlanSpace.LAMBDA_MEMORY_MB,
            wishes.localSteps(),
            placement,
            new Tariff(workers.architecture().price(), Billing.INVOCATION)),
        RunLength.of(specification.training().length(), workload, bound.trainingRows() > 0),
        now.aggregation().structure(),
        now.workers().memoryMb());
  }

  /** A number of concurrent workers below their count has been given, and is kept to. */
  private static Profile builtIn(WorkerSettings workers) {
    if (workers.runtime() != WorkerRuntime.AWS) {
      return Profile.LOCAL.withConcurrency(workers.concurrency());
    }
    return workers.concurrency() < workers.count()
        ? Profile.AWS_LAMBDA.withConcurrency(workers.concurrency())
        : Profile.AWS_LAMBDA;
  }

  private static Workload workload(
      RunSpecification specification, BoundNetwork bound, List<Integer> localSteps) {
    long together = (long) specification.workers().count() * specification.training().miniBatch();
    int rows = bound.trainingRows();
    int perStep = (int) Math.min(together, rows > 0 ? rows : Integer.MAX_VALUE);
    long most = localSteps.stream().mapToInt(Integer::intValue).max().orElse(1);
    return Workload.of(
        bound.network(),
        perStep,
        rows > 0 ? rows : most * perStep,
        bound.evaluation(),
        bound.dataBytes());
  }

  /**
   * The model of a step by its structure.
   *
   * @param base seconds of all but the tree
   */
  StepModel model(double base) {
    return profile.tree().model(base, workload.vectorBytes(), space.placement());
  }

  /** Whether it is known how many examples an epoch has. */
  public boolean epochKnown() {
    return length.epochKnown();
  }

  /** Epochs of the whole run, of the workload's; nothing if it cannot be told. */
  public OptionalDouble epochs() {
    return length.epochs();
  }
}
