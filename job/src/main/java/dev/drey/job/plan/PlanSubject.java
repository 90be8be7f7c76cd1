package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.Billing;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Placement;
import dev.drey.core.plan.PlanSpace;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.Tariff;
import dev.drey.core.plan.Workload;
import dev.drey.job.prepare.BoundNetwork;
import dev.drey.job.specification.PlanningSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.workers.WorkerRuntime;
import dev.drey.job.specification.workers.WorkerSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is planned: a run specification's training, and what of it may be chosen.
 *
 * @param name of the run
 * @param given what the specification has now; nothing if it leaves a part of it to the planner
 * @param usualGoal of the specification
 */
public record PlanSubject(
    String name,
    Profile profile,
    Workload workload,
    PlanSpace space,
    RunLength length,
    Optional<Given> given,
    PlanningSettings.Goal usualGoal) {

  /** A structure and a memory size that are given. */
  public record Given(Structure structure, int memoryMb) {}

  /**
   * Puts it together.
   *
   * @param profile of the place; nothing for the built-in one of the specification's runtime
   * @param tree that was measured, which goes before the profile's; or nothing
   * @param loop where the tree's nodes run, unless the measured tree says
   */
  public static PlanSubject of(
      RunSpecification specification,
      BoundNetwork bound,
      PlanWishes wishes,
      Optional<Profile> profile,
      Optional<MeasuredTree> tree,
      OnTasks loop) {
    WorkerSettings workers = specification.workers();
    Profile place = profile.orElseGet(() -> builtIn(workers));
    Workload workload = workload(specification, bound, wishes.localSteps());
    long bytes = workload.vectorBytes();
    Placement placement = tree.map(MeasuredTree::placement).orElse(loop);
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
        given(specification),
        specification.planning().goal());
  }

  /** Where the tree's nodes run in a loop of so many tasks. */
  public static OnTasks loop(RunSpecification specification, BoundNetwork bound, int tasks) {
    int parameters = bound.network().parameterCount();
    return new OnTasks(tasks, specification.training().shards(parameters).count());
  }

  private static Optional<Given> given(RunSpecification specification) {
    return specification
        .aggregation()
        .given()
        .flatMap(
            structure ->
                specification
                    .workers()
                    .memory()
                    .map(memory -> new Given(structure, memory.getMebiBytes())));
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
  public StepModel model(double base) {
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
