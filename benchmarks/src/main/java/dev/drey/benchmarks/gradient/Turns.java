package dev.drey.benchmarks.gradient;

import dev.drey.benchmarks.measure.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures both sides in turn, so that other load on the machine affects both alike.
 *
 * @param rounds how many turns each side has
 * @param turnMillis about how long a turn takes
 * @param warmUpMillis about how long each side runs before, for its compilers and caches
 */
record Turns(int rounds, int turnMillis, int warmUpMillis) {

  private static final int MOST_STEPS = 2000;

  /** The median of each side's steps, in milliseconds. */
  List<Double> medians(List<GradientSide> sides) throws IOException, InterruptedException {
    List<Integer> steps = new ArrayList<>();
    for (GradientSide side : sides) {
      steps.add(warmUp(side));
    }
    List<List<Double>> times = new ArrayList<>();
    sides.forEach(side -> times.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < sides.size(); i++) {
        for (double millis : sides.get(i).run(steps.get(i))) {
          times.get(i).add(millis);
        }
      }
    }
    return times.stream()
        .map(side -> Median.of(side.stream().mapToDouble(Double::doubleValue).toArray()))
        .toList();
  }

  /** Warms a side up; returns how many steps make a turn. */
  private int warmUp(GradientSide side) throws IOException, InterruptedException {
    double spent = 0;
    double step = 0;
    do {
      int steps = step == 0 ? 2 : steps(warmUpMillis / 4.0, step);
      double[] millis = side.run(steps);
      spent += Arrays.stream(millis).sum();
      step = Median.of(millis);
    } while (spent < warmUpMillis);
    return steps(turnMillis, step);
  }

  private static int steps(double millis, double step) {
    return (int) Math.max(2, Math.min(MOST_STEPS, millis / step));
  }
}
