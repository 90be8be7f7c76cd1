package dev.drey.job.plan;

import dev.drey.core.plan.InfeasiblePlanException;
import dev.drey.core.plan.Plan;
import dev.drey.core.plan.Planner;
import dev.drey.core.plan.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The best plan of a problem, and others for comparison.
 *
 * @param best by the goal
 * @param others in the order of output; a plan may occur under several names
 * @param notes on other plans that are not feasible
 * @param front the Pareto front of time and cost, from the fastest to the cheapest plan
 */
public record Recommendation(
    PlanningProblem problem,
    Goal goal,
    Plan best,
    List<Other> others,
    List<String> notes,
    List<Plan> front) {

  /** The name of the plan in the specification. */
  public static final String AS_SPECIFIED = "as the specification is";

  /**
   * A plan for comparison.
   *
   * @param name what characterises it
   */
  public record Other(String name, Plan plan) {}

  public Recommendation {
    others = List.copyOf(others);
    notes = List.copyOf(notes);
    front = List.copyOf(front);
  }

  /**
   * Solves the problem.
   *
   * @throws InfeasiblePlanException if no plan meets the limits
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
        .ifPresent(plan -> collected.add("next best workers", () -> plan));
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
                        + " is for the whole run, whose length is unknown without its data files:"
                        + " give training.steps"));
  }

  /** The model of a step with the best plan's workers: all but the tree is the base. */
  public StepModel model() {
    return problem.model(best.stepSeconds() - best.step().tree());
  }

  /** Collects plans for comparison. */
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
                  add(AS_SPECIFIED, () -> planner.plan(given.structure(), given.memoryMb(), 1)));
      TreeAdvice.Other.all(best.workers(), problem.model(0)).stream()
          .filter(other -> !other.structure().equals(best.structure()))
          .forEach(
              other ->
                  add(
                      other.name(),
                      () -> planner.plan(other.structure(), best.memoryMb(), best.localSteps())));
    }

    void extremes() {
      add("fastest", planner::fastest);
      add("best ratio", planner::bestRatio);
      add("cheapest", planner::cheapest);
    }

    void add(String name, Supplier<Plan> plan) {
      try {
        others.add(new Other(name, plan.get()));
      } catch (InfeasiblePlanException e) {
        notes.add(name + ": " + e.getMessage());
      }
    }
  }
}
