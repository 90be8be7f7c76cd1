package dev.drey.core.plan;

import java.util.List;

/**
 * A plan for training several models at the same time.
 *
 * @param chosen the option chosen for each model, in the order of the models
 */
public record ModelSetPlan(List<ModelOption> chosen) {

  public ModelSetPlan {
    chosen = List.copyOf(chosen);
  }

  /** Workers of all models together. */
  public int workers() {
    return chosen.stream().mapToInt(ModelOption::workers).sum();
  }

  /** Seconds until the last model is trained: the makespan. */
  public double seconds() {
    return chosen.stream().mapToDouble(ModelOption::seconds).max().orElse(0);
  }

  /** Dollars of all models together. */
  public double dollars() {
    double dollars = 0;
    for (ModelOption option : chosen) {
      dollars += option.dollars();
    }
    return dollars;
  }
}
