package dev.drey.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The alternative configurations of one of several models.
 *
 * @param name of the model
 * @param options at least one, in any order
 */
public record ModelOptions(String name, List<ModelOption> options) {

  private static final Comparator<ModelOption> FEW_THEN_FAST =
      Comparator.comparingInt(ModelOption::workers).thenComparingDouble(ModelOption::seconds);

  private static final Comparator<ModelOption> FEW_THEN_CHEAP =
      Comparator.comparingInt(ModelOption::workers)
          .thenComparingDouble(ModelOption::dollars)
          .thenComparingDouble(ModelOption::seconds)
          .thenComparingInt(ModelOption::memoryMb);

  public ModelOptions {
    options = List.copyOf(options);
    if (options.isEmpty()) {
      throw new IllegalArgumentException("model " + name + " has 0 options, must have at least 1");
    }
  }

  /**
   * The options that are faster than every option with fewer workers, by rising number of workers.
   */
  List<ModelOption> faster() {
    List<ModelOption> faster = new ArrayList<>();
    for (ModelOption option : options.stream().sorted(FEW_THEN_FAST).toList()) {
      if (faster.isEmpty() || option.seconds() < faster.get(faster.size() - 1).seconds()) {
        faster.add(option);
      }
    }
    return faster;
  }

  /**
   * The options that meet a deadline and are cheaper than every such option with fewer workers, by
   * rising number of workers.
   */
  List<ModelOption> cheaperWithin(double seconds) {
    List<ModelOption> cheaper = new ArrayList<>();
    List<ModelOption> timely =
        options.stream()
            .filter(option -> option.seconds() <= seconds)
            .sorted(FEW_THEN_CHEAP)
            .toList();
    for (ModelOption option : timely) {
      if (cheaper.isEmpty() || option.dollars() < cheaper.get(cheaper.size() - 1).dollars()) {
        cheaper.add(option);
      }
    }
    return cheaper;
  }
}
