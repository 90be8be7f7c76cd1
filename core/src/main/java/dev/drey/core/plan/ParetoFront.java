package dev.drey.core.plan;

import java.util.Arrays;

/**
 * The Pareto front of choices by seconds and dollars, in order of rising seconds and falling
 * dollars. Of equal choices the least {@link PlanChoice} is kept.
 */
final class ParetoFront {

  private double[] seconds;
  private double[] dollars;
  private long[] choices;
  private int size;

  ParetoFront(int capacity) {
    seconds = new double[capacity];
    dollars = new double[capacity];
    choices = new long[capacity];
  }

  /**
   * Adds a choice unless the front has one that is as good. Calls must be in order of rising
   * seconds.
   */
  void add(double time, double cost, long choice) {
    if (size > 0 && time == seconds[size - 1]) {
      boolean better =
          cost < dollars[size - 1] || (cost == dollars[size - 1] && choice < choices[size - 1]);
      if (!better) {
        return;
      }
      size--;
    }
    // The previous entry is faster, so the new one must be cheaper.
    if (size > 0 && cost >= dollars[size - 1]) {
      return;
    }
    if (size == seconds.length) {
      grow();
    }
    seconds[size] = time;
    dollars[size] = cost;
    choices[size] = choice;
    size++;
  }

  private void grow() {
    int capacity = Math.max(16, 2 * size);
    seconds = Arrays.copyOf(seconds, capacity);
    dollars = Arrays.copyOf(dollars, capacity);
    choices = Arrays.copyOf(choices, capacity);
  }

  /** The front of the union, in time linear in the sizes. */
  ParetoFront merge(ParetoFront other) {
    ParetoFront merged = new ParetoFront(size + other.size);
    int i = 0;
    int j = 0;
    while (i < size || j < other.size) {
      if (j == other.size || (i < size && seconds[i] <= other.seconds[j])) {
        merged.add(seconds[i], dollars[i], choices[i]);
        i++;
      } else {
        merged.add(other.seconds[j], other.dollars[j], other.choices[j]);
        j++;
      }
    }
    return merged;
  }

  int size() {
    return size;
  }

  double seconds(int index) {
    return seconds[index];
  }

  double dollars(int index) {
    return dollars[index];
  }

  PlanChoice choice(int index) {
    return PlanChoice.of(choices[index]);
  }
}
