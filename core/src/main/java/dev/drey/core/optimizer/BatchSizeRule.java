package dev.drey.core.optimizer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the learning rate follows the number of examples that a step averages over. */
public enum BatchSizeRule {
  /** Not at all. */
  @JsonProperty("none")
  NONE {
    @Override
    double factor(double ratio) {
      return 1;
    }
  },
  /** sqrt(batch / reference), which keeps the gradient's variance. Krizhevsky (2014), section 5. */
  @JsonProperty("square-root")
  SQUARE_ROOT {
    @Override
    double factor(double ratio) {
      return Math.sqrt(ratio);
    }
  },
  /** batch / reference. Goyal et al. (2017), section 2.1. */
  @JsonProperty("linear")
  LINEAR {
    @Override
    double factor(double ratio) {
      return ratio;
    }
  };

  abstract double factor(double ratio);
}
