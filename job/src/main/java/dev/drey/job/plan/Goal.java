package dev.drey.job.plan;

import dev.drey.core.plan.Plan;
import dev.drey.core.plan.Planner;

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
  }

  /**
   * The shortest time for so much.
   *
   * @param dollars of an epoch, at most
   * @param words the budget as it was given
   */
  record Budget(double dollars, String words) implements Goal {
    @Override
    public Plan choose(Planner planner) {
      return planner.fastestFor(dollars);
    }
  }

  /**
   * The least cost within a time.
   *
   * @param seconds of an epoch, at most
   * @param words the deadline as it was given
   */
  record Deadline(double seconds, String words) implements Goal {
    @Override
    public Plan choose(Planner planner) {
      return planner.cheapestWithin(seconds);
    }
  }
}
