package dev.drey.core.plan;

/**
 * The variables that a plan chooses, packed into a long. Of equally good plans the least packed
 * value wins.
 */
record PlanChoice(int workers, int memoryMb, int localSteps) {

  private static final int MEMORY_BITS = 14;
  private static final int LOCAL_STEPS_BITS = 20;

  static PlanChoice of(long packed) {
    return new PlanChoice(
        (int) (packed >> (MEMORY_BITS + LOCAL_STEPS_BITS)),
        (int) (packed >> LOCAL_STEPS_BITS) & ((1 << MEMORY_BITS) - 1),
        (int) packed & ((1 << LOCAL_STEPS_BITS) - 1));
  }

  /** A number whose order is that of workers, then memory, then local steps. */
  long packed() {
    return ((long) workers << MEMORY_BITS | memoryMb) << LOCAL_STEPS_BITS | localSteps;
  }
}
