package dev.drey.core.plan;

import java.util.Arrays;

/**
 * Choices of which none is as good as another in both seconds and dollars, in order of rising
 * seconds and falling dollars. Of equal ones it keeps the least {@link PlanChoice}.
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

  /** Takes a choice unless one that is here is as good. Calls must come with rising seconds. */
  void add(double time, double cost, long choice) {
    if (size > 0 && time == seconds[size - 1]) {
      boolean better =
          cost < dollars[size - 1] || (cost == dollars[size - 1] && choice < choices[size - 1]);
      if (!better) {
        return;
      }
      size--;
    }
    // The one before is faster, or just went: it needs to be cheaper.
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

  /** The front of the choices of both, in time proportional to their sizes. */
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
