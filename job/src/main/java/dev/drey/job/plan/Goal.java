package dev.drey.job.plan;

import dev.drey.core.plan.Amounts;
import dev.drey.core.plan.InfeasiblePlanException;
import dev.drey.core.plan.Plan;
import dev.drey.core.plan.Planner;
import dev.drey.job.specification.PlanningSettings;
import java.util.Comparator;

/** The criterion for the best plan. */
public sealed interface Goal {

  /**
   * The best of all plans.
   *
   * @throws dev.drey.core.plan.InfeasiblePlanException if no plan meets the limit
   */
  Plan choose(Planner planner);

  /** The goal in words, to follow "the plan with". */
  String words();

  /** Better plans first; plans that exceed the limit come last. */
  Comparator<Plan> order();

  /** A goal without a limit. */
  static Goal of(PlanningSettings.Goal goal) {
    return switch (goal) {
      case RATIO -> new Ratio();
      case TIME -> new Time();
      case COST -> new Cost();
    };
  }

  /** The most operations per dollar and second: R = f / (C t) of Feng et al. (2018). */
  record Ratio() implements Goal {
    @Override
    public Plan choose(Planner planner) {
      return planner.bestRatio();
    }

    @Override
    public String words() {
      return "the most operations per dollar and second, R = f / (C t)";
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
   * The shortest time within a budget.
   *
   * @param dollars budget of the run
   * @param epochs of the run
   */
  record Budget(double dollars, double epochs) implements Goal {
    @Override
    public Plan choose(Planner planner) {
      try {
        return planner.fastestFor(dollars / epochs);
      } catch (InfeasiblePlanException e) {
        throw infeasible(
            "costs at most $" + Amounts.plain(dollars), "cheapest", planner.cheapest(), epochs);
      }
    }

    @Override
    public String words() {
      return "the shortest time for at most $" + Amounts.plain(dollars) + " per run";
    }

    @Override
    public Comparator<Plan> order() {
      return Comparator.<Plan, Boolean>comparing(plan -> epochs * plan.dollars() > dollars)
          .thenComparingDouble(Plan::seconds);
    }
  }

  /**
   * The least cost within a time limit.
   *
   * @param seconds time limit of the run
   * @param epochs of the run
   */
  record Deadline(double seconds, double epochs) implements Goal {
    @Override
    public Plan choose(Planner planner) {
      try {
        return planner.cheapestWithin(seconds / epochs);
      } catch (InfeasiblePlanException e) {
        throw infeasible(
            "ends within " + Amounts.plain(seconds) + " s", "fastest", planner.fastest(), epochs);
      }
    }

    @Override
    public String words() {
      return "the least cost within " + Amounts.plain(seconds) + " s per run";
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
                Amounts.seconds(epochs * plan.seconds()),
                Amounts.dollars(epochs * plan.dollars())));
  }
}
