package dev.drey.job.plan;

import dev.drey.core.plan.InfeasiblePlanException;
import dev.drey.core.plan.Plan;
import dev.drey.core.plan.Planner;
import dev.drey.core.plan.Words;
import dev.drey.job.specification.PlanningSettings;
import java.util.Comparator;

/** What makes a plan the best. */
public sealed interface Goal {

  /**
   * The best of all plans.
   *
   * @throws dev.drey.core.plan.InfeasiblePlanException if none reaches it
   */
  Plan choose(Planner planner);

  /** The goal in words, after "the plan with". */
  String words();

  /** Better plans first; what is out of limits comes last. */
  Comparator<Plan> order();

  /** A goal without a limit. */
  static Goal of(PlanningSettings.Goal goal) {
    return switch (goal) {
      case RATIO -> new Ratio();
      case TIME -> new Time();
      case COST -> new Cost();
    };
  }

  /** The most operations by dollar and second: R = f / (C t) of Feng et al. (2018). */
  record Ratio() implements Goal {
    @Override
    public Plan choose(Planner planner) {
      return planner.bestRatio();
    }

    @Override
    public String words() {
      return "the most operations by dollar and second, R = f / (C t)";
    }

    @Override
    public Comparator<Plan> order() {
      return Comparator.comparingDouble(Plan::ratio).reversed();
    }
  }

  /** The shortest epoch. */
  record Time() implements Goal {
    @Override
    public Plan choose(Planner planner) {
      return planner.fastest();
    }

    @Override
    public String words() {
      return "the shortest time";
    }

    @Override
    public Comparator<Plan> order() {
      return Comparator.comparingDouble(Plan::seconds);
    }
  }

  /** The cheapest epoch. */
  record Cost() implements Goal {
    @Override
    public Plan choose(Planner planner) {
      return planner.cheapest();
    }

    @Override
    public String words() {
      return "the least cost";
    }

    @Override
    public Comparator<Plan> order() {
      return Comparator.comparingDouble(Plan::dollars);
    }
  }

  /**
   * The shortest time for so much.
   *
   * @param dollars of the run, at most
   * @param epochs that the run has
   */
  record Budget(double dollars, double epochs) implements Goal {
    @Override
    public Plan choose(Planner planner) {
      try {
        return planner.fastestFor(dollars / epochs);
      } catch (InfeasiblePlanException e) {
        throw infeasible(
            "costs so little as $" + Words.plain(dollars), "cheapest", planner.cheapest(), epochs);
      }
    }

    @Override
    public String words() {
      return "the shortest time for at most $" + Words.plain(dollars) + " a run";
    }

    @Override
    public Comparator<Plan> order() {
      return Comparator.<Plan, Boolean>comparing(plan -> epochs * plan.dollars() > dollars)
          .thenComparingDouble(Plan::seconds);
    }
  }

  /**
   * The least cost within a time.
   *
   * @param seconds of the run, at most
   * @param epochs that the run has
   */
  record Deadline(double seconds, double epochs) implements Goal {
    @Override
    public Plan choose(Planner planner) {
      try {
        return planner.cheapestWithin(seconds / epochs);
      } catch (InfeasiblePlanException e) {
        throw infeasible(
            "ends within " + Words.plain(seconds) + " s", "fastest", planner.fastest(), epochs);
      }
    }

    @Override
    public String words() {
      return "the least cost within " + Words.plain(seconds) + " s a run";
    }

    @Override
    public Comparator<Plan> order() {
      return Comparator.<Plan, Boolean>comparing(plan -> epochs * plan.seconds() > seconds)
          .thenComparingDouble(Plan::dollars);
    }
  }

  private static InfeasiblePlanException infeasible(
      String wish, String nearest, Plan plan, double epochs) {
    return new InfeasiblePlanException(
        "no plan of the run %s; the %s takes %s and costs %s"
            .formatted(
                wish,
                nearest,
                Words.seconds(epochs * plan.seconds()),
                Words.dollars(epochs * plan.dollars())));
  }
}
