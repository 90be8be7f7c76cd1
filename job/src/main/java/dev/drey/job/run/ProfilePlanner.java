package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.Estimates;
import dev.drey.core.plan.InfeasiblePlanException;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.PlanSpace;
import dev.drey.core.plan.Planner;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.Span;
import dev.drey.core.plan.TreePlanner;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.plan.Goal;
import dev.drey.job.plan.LoopLearner;
import dev.drey.job.plan.PlanOptions;
import dev.drey.job.plan.PlanningProblem;
import dev.drey.job.plan.ProfileFile;
import dev.drey.job.prepare.BoundNetwork;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.workers.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * Plans by the profile that the specification names, or else the built-in one for its workers'
 * runtime. The advisor of the plan starts from the same profile, and learns the run's own
 * constants.
 *
 * @param tasks parallel tasks of the loop
 */
public record ProfilePlanner(int tasks) implements RunPlanner {

  /**
   * For runs in this process.
   *
   * @param flinkOptions given with -D; they may have the number of tasks
   * @throws SpecificationException if the option for the number of tasks is not a number
   */
  public static ProfilePlanner here(Map<String, String> flinkOptions)
      throws SpecificationException {
    String key = CoreOptions.DEFAULT_PARALLELISM.key();
    String given = flinkOptions.get(key);
    return new ProfilePlanner(given == null ? LocalTraining.parallelism() : tasks(key, given));
  }

  private static int tasks(String key, String given) throws SpecificationException {
    try {
      int tasks = Integer.parseInt(given);
      if (tasks >= 1) {
        return tasks;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new SpecificationException(
        List.of(
            Fault.of("-D " + key, "is \"" + given + "\", must be a whole number of at least 1")));
  }

  @Override
  public RunPlan plan(RunSpecification given, PreparedInput input) throws SpecificationException {
    Optional<Path> file = given.planning().profile();
    Optional<Profile> profile =
        file.isPresent() ? Optional.of(ProfileFile.read(file.get())) : Optional.empty();
    BoundNetwork bound = input.bound(given);
    OnTasks loop = PlanningProblem.loop(given, bound, tasks);
    PlanningProblem subject =
        PlanningProblem.of(given, bound, PlanOptions.NONE, profile, Optional.empty(), loop);
    int slots = given.workers().count();
    RunSpecification specification = given;
    if (given.aggregation().isAuto() && given.aggregation().planned().isEmpty()) {
      specification =
          specification.startingWith(TreePlanner.upTo(slots, subject.model(0)).structure(slots));
    }
    if (given.workers().memory().isEmpty()) {
      specification = specification.with(memory(subject, given));
    }
    return new RunPlan(
        specification,
        stepSeconds(subject, specification),
        advisor(subject, loop, specification, input));
  }

  private static MemorySize memory(PlanningProblem subject, RunSpecification given)
      throws SpecificationException {
    PlanSpace space = subject.space().withWorkers(Span.only(given.workers().count()));
    try {
      Planner planner = new Planner(subject.profile(), subject.workload(), space);
      Goal goal = Goal.of(given.planning().goal());
      return MemorySize.ofMebiBytes(goal.choose(planner).memoryMb());
    } catch (InfeasiblePlanException e) {
      throw new SpecificationException(
          List.of(Fault.of("workers.memory", "is auto, and " + e.getMessage())));
    }
  }

  /** Empty if the profile has no plan for that memory size, as for threads of this process. */
  private static OptionalDouble stepSeconds(
      PlanningProblem subject, RunSpecification specification) {
    Structure structure = specification.aggregation().structure();
    PlanSpace space = subject.space();
    Estimates estimates =
        new Estimates(subject.profile(), subject.workload(), space.placement(), space.tariff());
    try {
      return OptionalDouble.of(
          estimates.plan(structure, specification.workers().memoryMb(), 1).stepSeconds());
    } catch (InfeasiblePlanException e) {
      return OptionalDouble.empty();
    }
  }

  private static LearningAdvisor advisor(
      PlanningProblem subject, OnTasks loop, RunSpecification specification, PreparedInput input) {
    WorkerSettings workers = specification.workers();
    long bytes = subject.workload().vectorBytes();
    return new LearningAdvisor(
        new LoopLearner(subject.profile(), bytes, loop, workers.count()),
        new StepAccount.Shape(workers.count(), loop.shards(), input.evaluateEvery(specification)),
        new LearningAdvisor.Slot(
            subject.workload().flopsPerExample() * subject.workload().miniBatch(workers.count()),
            workers.memoryMb()));
  }
}
