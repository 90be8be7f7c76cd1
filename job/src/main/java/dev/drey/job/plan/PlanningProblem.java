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
 * The input of the planner: the training of a run specification, and the choices that are open.
 *
 * @param name of the run
 * @param given structure and memory of the specification; empty if it leaves one to the planner
 * @param usualGoal goal of the specification
 */
public record PlanningProblem(
    String name,
    Profile profile,
    Workload workload,
    PlanSpace space,
    RunLength length,
    Optional<Given> given,
    PlanningSettings.Goal usualGoal) {

  /** A given structure and memory size. */
  public record Given(Structure structure, int memoryMb) {}

  /**
   * Builds the problem of a specification.
   *
   * @param profile of the place; empty for the built-in one of the specification's runtime
   * @param tree fitted constants that replace the profile's; may be empty
   * @param loop where the nodes of the tree run, unless {@code tree} says it
   */
  public static PlanningProblem of(
      RunSpecification specification,
      BoundNetwork bound,
      PlanOptions options,
      Optional<Profile> profile,
      Optional<FittedTree> tree,
      OnTasks loop) {
    WorkerSettings workers = specification.workers();
    Profile place = profile.orElseGet(() -> builtIn(workers));
    Workload workload = workload(specification, bound, options.localSteps());
    long bytes = workload.vectorBytes();
    Placement placement = tree.map(FittedTree::placement).orElse(loop);
    return new PlanningProblem(
        specification.name(),
        tree.map(measured -> place.withTree(measured.constants(bytes))).orElse(place),
        workload,
        new PlanSpace(
            options.workers(Math.max(workers.count(), place.limits().concurrency())),
            PlanSpace.LAMBDA_MEMORY_MB,
            options.localSteps(),
            placement,
            new Tariff(workers.architecture().price(), Billing.INVOCATION)),
        RunLength.of(specification.training().length(), workload, bound.trainingRows() > 0),
        given(specification),
        specification.planning().goal());
  }

  /** Where the nodes of the tree run, in a loop with this number of tasks. */
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

  /** The built-in profile. A given concurrency below the number of workers is a limit. */
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
   * The model of a step as a function of its structure.
   *
   * @param base seconds of everything but the tree
   */
  public StepModel model(double base) {
    return profile.tree().model(base, workload.vectorBytes(), space.placement());
  }

  /** Whether the number of examples of an epoch is known. */
  public boolean epochKnown() {
    return length.epochKnown();
  }

  /** Length of the whole run, in epochs of the workload; empty if unknown. */
  public OptionalDouble epochs() {
    return length.epochs();
  }
}
