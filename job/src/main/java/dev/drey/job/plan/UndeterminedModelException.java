package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.StepModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Measurements do not determine a constant of a model. The message says what else to measure. */
public final class UndeterminedModelException extends Exception {

  private static final long serialVersionUID = 1L;

  UndeterminedModelException(String message) {
    super(message);
  }

  /** For measurements with linearly dependent columns. */
  static UndeterminedModelException of(StepModel counts, List<Measurement> measurements) {
    List<Structure> structures = measurements.stream().map(Measurement::structure).toList();
    double[] sums = structures.stream().mapToDouble(counts::sums).distinct().toArray();
    double[] hops = structures.stream().mapToDouble(counts::hops).distinct().toArray();
    List<String> problems = new ArrayList<>();
    if (sums.length == 1) {
      problems.add(
          "per sum cannot be determined: all structures have " + number(sums[0]) + " sums");
    }
    if (hops.length == 1) {
      problems.add(
          "per hop cannot be determined: all structures have " + number(hops[0]) + " hops");
    }
    if (problems.isEmpty()) {
      problems.add(
          "per sum and per hop cannot be separated: sums and hops of the structures are linearly"
              + " dependent");
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

  /** The first one or two candidates that determine all constants. */
  private static Optional<String> missing(StepModel counts, List<Measurement> measurements) {
    int slots = measurements.stream().mapToInt(m -> m.structure().slots()).max().orElseThrow();
    List<Structure> candidates = candidates(slots);
    for (Structure candidate : candidates) {
      if (determinesAll(counts, measurements, List.of(candidate))) {
        return Optional.of(candidate.toString());
      }
    }
    for (Structure first : candidates) {
      for (Structure second : candidates) {
        if (determinesAll(counts, measurements, List.of(first, second))) {
          return Optional.of(first + " and " + second);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean determinesAll(
      StepModel counts, List<Measurement> measurements, List<Structure> added) {
    return new StepRegression(
            counts,
            Stream.concat(measurements.stream().map(Measurement::structure), added.stream())
                .map(structure -> new Measurement(structure, 1))
                .toList())
        .determinesAll();
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
