package dev.drey.core.plan;

/** A plan by what is chosen. Of equally good ones the one with the least number is taken. */
record PlanChoice(int workers, int memoryMb, int localSteps) {

  private static final int MEMORY_BITS = 14;
  private static final int LOCAL_STEPS_BITS = 20;

  static PlanChoice of(long packed) {
    return new PlanChoice(
        (int) (packed >> (MEMORY_BITS + LOCAL_STEPS_BITS)),
        (int) (packed >> LOCAL_STEPS_BITS) & ((1 << MEMORY_BITS) - 1),
        (int) packed & ((1 << LOCAL_STEPS_BITS) - 1));
  }

  /** Orders by workers, then memory, then local steps. */
  long packed() {
    return ((long) workers << MEMORY_BITS | memoryMb) << LOCAL_STEPS_BITS | localSteps;
  }
}
