package dev.drey.core.plan;

/** Stand-in until branch tree is merged. */
public record Stragglers(double spread) {
  public double mean() {
    return 1 + spread;
  }

  public double expectedMaximum(int slots) {
    double harmonic = 0;
    for (int i = slots; i >= 1; i--) {
      harmonic += 1.0 / i;
    }
    return 1 + spread * harmonic;
  }
}
