package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;

/** Stand-in until branch tree is merged. */
public final class TreePlanner {
  private final StepModel model;

  private TreePlanner(StepModel model) {
    this.model = model;
  }

  public static TreePlanner upTo(int slots, StepModel model) {
    return new TreePlanner(model);
  }

  public Structure structure(int slots) {
    return Structure.ruleOfThumb(slots);
  }

  public double seconds(int slots) {
    return model.seconds(structure(slots));
  }
}
