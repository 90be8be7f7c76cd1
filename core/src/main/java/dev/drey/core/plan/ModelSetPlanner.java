package dev.drey.core.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Distributes workers among models that are trained at the same time, like the hyper-parameter sets
 * of Feng et al. (2018): model i gets n_i workers of z_i MB, sum n_i <= N. The plans are optimal;
 * ties go to the cheaper plan, then to the one with fewer workers in all. Thread-safe.
 */
public final class ModelSetPlanner {

  private final List<ModelOptions> models;
  private final List<List<ModelOption>> faster;
  private final int workers;

  /**
   * Creates a planner.
   *
   * @param models at least one
   * @param workers N, the number of workers for all models
   * @throws InfeasiblePlanException if the models need more workers even without a deadline
   */
  public ModelSetPlanner(List<ModelOptions> models, int workers) {
    Check.atLeast(1, "number of models", models.size());
    Check.atLeast(1, "workers", workers);
    this.models = List.copyOf(models);
    this.faster = models.stream().map(ModelOptions::faster).toList();
    this.workers = workers;
    long least = fewest(Double.POSITIVE_INFINITY);
    if (least > workers) {
      throw new InfeasiblePlanException(
          "%d workers are too few for %d models; the fewest that suffice are %d"
              .formatted(workers, models.size(), least));
    }
  }

  /** The plan with the least makespan. */
  public ModelSetPlan fastest() {
    return cheapest(earliest());
  }

  /** The cheapest plan. */
  public ModelSetPlan cheapest() {
    return cheapest(Double.POSITIVE_INFINITY);
  }

  /**
   * The cheapest plan whose makespan is at most {@code seconds}.
   *
   * @throws InfeasiblePlanException if none is as fast
   */
  public ModelSetPlan cheapestWithin(double seconds) {
    Check.aboveZero("the deadline in seconds", seconds);
    long fewest = fewest(seconds);
    if (fewest > workers) {
      throw new InfeasiblePlanException(
          "%s; the earliest deadline that all %d models meet with %d workers is %s"
              .formatted(
                  whyNot(seconds, fewest), models.size(), workers, Amounts.seconds(earliest())));
    }
    return cheapest(seconds);
  }

  private String whyNot(double seconds, long fewest) {
    if (fewest < Long.MAX_VALUE) {
      return "to end within %s s %d models need at least %d workers, there are %d"
          .formatted(Amounts.plain(seconds), models.size(), fewest, workers);
    }
    int slow =
        IntStream.range(0, models.size())
            .filter(i -> last(faster.get(i)).seconds() > seconds)
            .findFirst()
            .orElseThrow();
    return "model %s does not end within %s s with any number of workers, its fastest takes %s"
        .formatted(
            models.get(slow).name(),
            Amounts.plain(seconds),
            Amounts.seconds(last(faster.get(slow)).seconds()));
  }

  private static ModelOption last(List<ModelOption> options) {
    return options.get(options.size() - 1);
  }

  /**
   * The fewest workers with which all models meet a deadline; {@link Long#MAX_VALUE} if impossible.
   */
  private long fewest(double seconds) {
    long sum = 0;
    for (List<ModelOption> options : faster) {
      int least = 0;
      for (ModelOption option : options) {
        if (option.seconds() <= seconds) {
          least = option.workers();
          break;
        }
      }
      if (least == 0) {
        return Long.MAX_VALUE;
      }
      sum += least;
    }
    return sum;
  }

  /**
   * The least feasible makespan. It is the time of one of the options, and feasibility is monotone
   * in the deadline, so it is found by bisection over all those times.
   */
  private double earliest() {
    double[] times =
        faster.stream().flatMap(List::stream).mapToDouble(ModelOption::seconds).sorted().toArray();
    int tooEarly = -1;
    int feasible = times.length - 1;
    while (feasible - tooEarly > 1) {
      int middle = (tooEarly + feasible) >>> 1;
      if (fewest(times[middle]) <= workers) {
        feasible = middle;
      } else {
        tooEarly = middle;
      }
    }
    return times[feasible];
  }

  /**
   * Dynamic programming over the models: the least cost of the first i models with exactly w
   * workers, for every w. The deadline must be feasible.
   */
  private ModelSetPlan cheapest(double seconds) {
    double[] dollars = new double[workers + 1];
    Arrays.fill(dollars, Double.POSITIVE_INFINITY);
    dollars[0] = 0;
    ModelOption[][] chosen = new ModelOption[models.size()][];
    for (int i = 0; i < models.size(); i++) {
      double[] with = new double[workers + 1];
      Arrays.fill(with, Double.POSITIVE_INFINITY);
      chosen[i] = new ModelOption[workers + 1];
      for (ModelOption option : models.get(i).cheaperWithin(seconds)) {
        for (int w = option.workers(); w <= workers; w++) {
          double sum = dollars[w - option.workers()] + option.dollars();
          if (sum < with[w]) {
            with[w] = sum;
            chosen[i][w] = option;
          }
        }
      }
      dollars = with;
    }
    int used = 0;
    for (int w = 1; w <= workers; w++) {
      if (dollars[w] < dollars[used] || Double.isInfinite(dollars[used])) {
        used = w;
      }
    }
    return new ModelSetPlan(traceBack(chosen, used));
  }

  private static List<ModelOption> traceBack(ModelOption[][] chosen, int used) {
    ModelOption[] options = new ModelOption[chosen.length];
    int left = used;
    for (int i = chosen.length - 1; i >= 0; i--) {
      options[i] = chosen[i][left];
      left -= options[i].workers();
    }
    return List.of(options);
  }
}
