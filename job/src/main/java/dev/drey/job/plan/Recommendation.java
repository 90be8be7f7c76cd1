package dev.drey.job.plan;

import dev.drey.core.plan.InfeasiblePlanException;
import dev.drey.core.plan.Plan;
import dev.drey.core.plan.Planner;
import dev.drey.core.plan.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The best plan of a problem, and others to compare it with.
 *
 * @param best by the goal
 * @param others in the order in which they are told; the same plan may be there by two names
 * @param notes on what of the others does not run
 * @param front all plans that none is both faster and cheaper than, from the fastest to the
 *     cheapest
 */
public record Recommendation(
    PlanningProblem problem,
    Goal goal,
    Plan best,
    List<Other> others,
    List<String> notes,
    List<Plan> front) {

  /** The name of what the specification has now. */
  public static final String AS_SPECIFIED = "as the specification is";

  /**
   * A plan to compare with.
   *
   * @param name of what is different about it
   */
  public record Other(String name, Plan plan) {}

  public Recommendation {
    others = List.copyOf(others);
    notes = List.copyOf(notes);
    front = List.copyOf(front);
  }

  /**
   * Plans.
   *
   * @throws InfeasiblePlanException if no plan reaches the goal, or none runs at all
   */
  public static Recommendation of(PlanningProblem problem, PlanOptions options) {
    Goal goal = goal(problem, options);
    Planner planner = planner(problem);
    Plan best = goal.choose(planner);
    List<Plan> front = planner.paretoFront();
    Collected collected = new Collected(planner, problem, best);
    collected.structures();
    front.stream()
        .filter(plan -> plan.workers() != best.workers())
        .min(goal.order())
        .ifPresent(plan -> collected.tell("next best workers", () -> plan));
    collected.extremes();
    return new Recommendation(problem, goal, best, collected.others, collected.notes, front);
  }

  private static Planner planner(PlanningProblem problem) {
    try {
      return new Planner(problem.profile(), problem.workload(), problem.space());
    } catch (IllegalArgumentException e) { // local steps that are longer than an epoch
      throw new InfeasiblePlanException("--local-steps: " + e.getMessage());
    }
  }

  private static Goal goal(PlanningProblem problem, PlanOptions options) {
    if (options.budget().isPresent()) {
      return new Goal.Budget(options.budget().get(), epochs(problem, "--budget"));
    }
    if (options.deadline().isPresent()) {
      double seconds = options.deadline().get().toNanos() / 1e9;
      return new Goal.Deadline(seconds, epochs(problem, "--deadline"));
    }
    return Goal.of(options.aim().orElse(problem.usualGoal()));
  }

  private static double epochs(PlanningProblem problem, String option) {
    return problem
        .epochs()
        .orElseThrow(
            () ->
                new InfeasiblePlanException(
                    option
                        + " is for the whole run, whose length cannot be told: its data are not"
                        + " there; give training.steps"));
  }

  /** The model of a step of the best plan by its structure: its tree, and all else as base. */
  public StepModel model() {
    return problem.model(best.stepSeconds() - best.step().tree());
  }

  /** Gathers plans beside the best. */
  private static final class Collected {

    private final Planner planner;
    private final PlanningProblem problem;
    private final Plan best;
    private final List<Other> others = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Collected(Planner planner, PlanningProblem problem, Plan best) {
      this.planner = planner;
      this.problem = problem;
      this.best = best;
    }

    void structures() {
      problem
          .given()
          .ifPresent(
              given ->
                  tell(AS_SPECIFIED, () -> planner.plan(given.structure(), given.memoryMb(), 1)));
      TreeAdvice.Other.all(best.workers(), problem.model(0)).stream()
          .filter(other -> !other.structure().equals(best.structure()))
          .forEach(
              other ->
                  tell(
                      other.name(),
                      () -> planner.plan(other.structure(), best.memoryMb(), best.localSteps())));
    }

    void extremes() {
      tell("fastest", planner::fastest);
      tell("best ratio", planner::bestRatio);
      tell("cheapest", planner::cheapest);
    }

    void tell(String name, Supplier<Plan> plan) {
      try {
        others.add(new Other(name, plan.get()));
      } catch (InfeasiblePlanException e) {
        notes.add(name + ": " + e.getMessage());
      }
    }
  }
}
