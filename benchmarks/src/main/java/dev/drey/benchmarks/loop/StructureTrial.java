package dev.drey.benchmarks.loop;

import dev.drey.benchmarks.measure.Median;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.TreePlanner;
import dev.drey.job.plan.Measurement;
import dev.drey.job.plan.ModelFit;
import dev.drey.job.plan.UndeterminedModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures structures, fits the planner's model to them, and measures what the planner chooses by
 * it beside the best of them. All are measured by turns, since a machine's speed drifts.
 *
 * @param clock measures the steps of a structure
 * @param placement of the loop that is measured
 * @param rounds how often each structure is measured
 */
record StructureTrial(Clock clock, OnTasks placement, int rounds) {

  /** How many of the best structures are measured again beside the planner's choice. */
  private static final int BEST = 3;

  /**
   * How many times more often those are measured: they differ little, and which measured best is
   * partly chance.
   */
  private static final int FINAL_ROUNDS = 3;

  /** Levels between root and slots: the ten of Feng et al. (2018), and two of wider fan-in. */
  private static final List<List<Integer>> BETWEEN =
      List.of(
          List.of(),
          List.of(2),
          List.of(5),
          List.of(10),
          List.of(25),
          List.of(50),
          List.of(2, 10),
          List.of(5, 22),
          List.of(5, 50),
          List.of(10, 50),
          List.of(2, 10, 50),
          List.of(5, 20, 50));

  /** Measures. */
  @FunctionalInterface
  interface Clock {
    /** Milliseconds of a step with the structure, the median of one run. */
    double millis(Structure structure) throws Exception;
  }

  /**
   * A measured structure.
   *
   * @param millis of a step
   * @param predictedMillis by a fit of all others
   */
  record Row(Structure structure, double millis, double predictedMillis) {
    /** Predicted by measured, less 1: above 0 where the prediction is too long. */
    double error() {
      return predictedMillis / millis - 1;
    }
  }

  /**
   * The result of a trial.
   *
   * @param fit in seconds
   * @param rows in the order of measuring
   * @param choice of the planner, by the fit of all
   * @param finalists milliseconds of the choice and the best others, measured once more, by turns
   */
  record Result(ModelFit fit, List<Row> rows, Structure choice, Map<Structure, Double> finalists) {

    /** The median of the errors' sizes. */
    double medianError() {
      return Median.of(rows.stream().mapToDouble(row -> Math.abs(row.error())).toArray());
    }

    Structure best() {
      return finalists.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    /** How many times as long as the best the planner's choice takes: 1 if it is the best. */
    double choiceOverBest() {
      return finalists.get(choice) / finalists.get(best());
    }
  }

  /** The structures that are measured for so many slots. */
  static List<Structure> structures(int slots) {
    List<Structure> structures = new ArrayList<>();
    for (List<Integer> between : BETWEEN) {
      List<Integer> sizes = new ArrayList<>(between);
      sizes.add(0, 1);
      sizes.add(slots);
      if (between.stream().allMatch(size -> size < slots)) {
        structures.add(new Structure(sizes));
      }
    }
    return structures;
  }

  /**
   * Measures all of them.
   *
   * @throws UndeterminedModelException if they do not determine the model's constants
   */
  Result run(List<Structure> structures) throws Exception {
    Map<Structure, Double> measured = measure(structures, rounds);
    List<Measurement> measurements = new ArrayList<>();
    measured.forEach((tree, millis) -> measurements.add(new Measurement(tree, millis / 1000)));
    ModelFit fit = ModelFit.of(placement, measurements);
    List<Row> rows =
        fit.rows().stream()
            .map(
                row ->
                    new Row(
                        row.measurement().structure(),
                        row.measurement().seconds() * 1000,
                        row.leaveOneOut().orElse(Double.NaN) * 1000))
            .toList();
    int slots = structures.get(0).slots();
    Structure choice = TreePlanner.upTo(slots, fit.model()).structure(slots);
    List<Structure> finalists = new ArrayList<>(List.of(choice));
    rows.stream()
        .sorted(Comparator.comparingDouble(Row::millis))
        .limit(BEST)
        .map(Row::structure)
        .filter(structure -> !structure.equals(choice))
        .forEach(finalists::add);
    return new Result(fit, rows, choice, measure(finalists, FINAL_ROUNDS * rounds));
  }

  /** The median over the rounds of each. */
  private Map<Structure, Double> measure(List<Structure> structures, int times) throws Exception {
    double[][] millis = new double[structures.size()][times];
    for (int round = 0; round < times; round++) {
      for (int i = 0; i < structures.size(); i++) {
        millis[i][round] = clock.millis(structures.get(i));
      }
    }
    Map<Structure, Double> medians = new LinkedHashMap<>();
    for (int i = 0; i < structures.size(); i++) {
      medians.put(structures.get(i), Median.of(millis[i]));
    }
    return medians;
  }
}
