package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.StepModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Measurements do not tell the constants of a model; says which, and what to measure as well. */
public final class UndeterminedModelException extends Exception {

  private static final long serialVersionUID = 1L;

  UndeterminedModelException(String message) {
    super(message);
  }

  /** What is wrong with measurements whose columns depend on each other. */
  static UndeterminedModelException of(StepModel counts, List<Measurement> measurements) {
    List<Structure> structures = measurements.stream().map(Measurement::structure).toList();
    double[] sums = structures.stream().mapToDouble(counts::sums).distinct().toArray();
    double[] hops = structures.stream().mapToDouble(counts::hops).distinct().toArray();
    List<String> problems = new ArrayList<>();
    if (sums.length == 1) {
      problems.add("per sum cannot be told: all structures have " + number(sums[0]) + " sums");
    }
    if (hops.length == 1) {
      problems.add("per hop cannot be told: all structures have " + number(hops[0]) + " hops");
    }
    if (problems.isEmpty()) {
      problems.add(
          "per sum and per hop cannot be told apart: sums and hops of the structures depend on each"
              + " other");
    }
    return new UndeterminedModelException(
        String.join("; ", problems)
            + ". "
            + missing(counts, measurements)
                .map(added -> "Measure also " + added)
                .orElse("Measure structures of more slots"));
  }

  private static String number(double number) {
    return BigDecimal.valueOf(number)
        .round(new MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The first one or two structures that would tell all. */
  private static Optional<String> missing(StepModel counts, List<Measurement> measurements) {
    int slots = measurements.stream().mapToInt(m -> m.structure().slots()).max().orElseThrow();
    List<Structure> candidates = candidates(slots);
    for (Structure candidate : candidates) {
      if (tellsAll(counts, measurements, List.of(candidate))) {
        return Optional.of(candidate.toString());
      }
    }
    for (Structure first : candidates) {
      for (Structure second : candidates) {
        if (tellsAll(counts, measurements, List.of(first, second))) {
          return Optional.of(first + " and " + second);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean tellsAll(
      StepModel counts, List<Measurement> measurements, List<Structure> added) {
    return new StepRegression(
            counts,
            Stream.concat(measurements.stream().map(Measurement::structure), added.stream())
                .map(structure -> new Measurement(structure, 1))
                .toList())
        .tellsAll();
  }

  private static List<Structure> candidates(int slots) {
    int root = (int) Math.round(Math.sqrt(slots));
    int cube = (int) Math.round(Math.cbrt(slots));
    return List.of(
        Structure.of(1, slots),
        Structure.of(1, root, slots),
        Structure.of(1, cube, cube * cube > slots ? slots : cube * cube, slots),
        Structure.of(1, Math.min(2, slots), slots));
  }
}
