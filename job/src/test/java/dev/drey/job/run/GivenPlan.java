package dev.drey.job.run;

import dev.drey.job.specification.RunSpecification;
import java.util.Optional;
import java.util.OptionalDouble;

/** Plans of specifications that leave nothing to be chosen. */
final class GivenPlan {

  private GivenPlan() {}

  /** Predicts nothing, and leaves the structure as it is. */
  static RunPlan of(RunSpecification specification) {
    return new RunPlan(specification, OptionalDouble.empty(), observation -> Optional.empty());
  }
}
