package dev.drey.core.optimizer;

/** How the learning rate follows the number of examples that a step averages over. */
public enum BatchSizeRule {
  /** Not at all. */
  NONE {
    @Override
    double factor(double ratio) {
      return 1;
    }
  },
  /** sqrt(batch / reference), which keeps the gradient's variance. Krizhevsky (2014), section 5. */
  SQUARE_ROOT {
    @Override
    double factor(double ratio) {
      return Math.sqrt(ratio);
    }
  },
  /** batch / reference. Goyal et al. (2017), section 2.1. */
  LINEAR {
    @Override
    double factor(double ratio) {
      return ratio;
    }
  };

  abstract double factor(double ratio);
}
