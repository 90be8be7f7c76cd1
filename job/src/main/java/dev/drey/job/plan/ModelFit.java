package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.Placement;
import dev.drey.core.plan.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A {@link StepModel} fitted to measured steps: base, per sum and per hop, none negative, with the
 * least sum of squares of (predicted - measured) / measured. The errors are relative because the
 * noise of a step grows with its length: a long step has more stragglers to wait for.
 *
 * @param model the fit of all measurements
 * @param rows in the order of the measurements
 * @param heldAtZero constants that would be negative without bounds
 */
public record ModelFit(StepModel model, List<Row> rows, List<Held> heldAtZero) {

  /** The minimum number of measurements: three constants, and one check. */
  public static final int LEAST = 4;

  /**
   * A measurement and its predictions.
   *
   * @param predicted seconds by the fit of all measurements
   * @param leaveOneOut seconds by the fit of all others; empty if these do not determine all
   *     constants
   */
  public record Row(Measurement measurement, double predicted, OptionalDouble leaveOneOut) {

    /** Predicted minus measured seconds. */
    public double residual() {
      return predicted - measurement.seconds();
    }
  }

  /**
   * A constant that was set to 0, because it would be negative.
   *
   * @param constant "base", "per sum" or "per hop"
   * @param unbounded its value in the fit without bounds, seconds, below 0
   */
  public record Held(String constant, double unbounded) {

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s would be %.3g s, set to 0", constant, unbounded);
    }
  }

  public ModelFit {
    rows = List.copyOf(rows);
    heldAtZero = List.copyOf(heldAtZero);
  }

  /** Fits a case. */
  public static ModelFit of(MeasuredCase measured) throws UndeterminedModelException {
    return of(measured.placement(), measured.rows());
  }

  /**
   * Fits measurements.
   *
   * @param placement where the nodes of the tree ran
   * @throws UndeterminedModelException if there are too few, or if they do not determine a
   *     constant, for instance because all structures have the same number of sums or hops
   */
  public static ModelFit of(Placement placement, List<Measurement> measurements)
      throws UndeterminedModelException {
    if (measurements.size() < LEAST) {
      throw new UndeterminedModelException(
          "there are %d measurements, must be at least %d: three constants, and one check"
              .formatted(measurements.size(), LEAST));
    }
    StepModel unit = new StepModel(0, 0, 0, placement);
    StepRegression regression = new StepRegression(unit, measurements);
    if (!regression.determinesAll()) {
      throw UndeterminedModelException.of(unit, measurements);
    }
    double[] constants = regression.bounded();
    StepModel model = model(placement, constants);
    List<Row> rows = new ArrayList<>();
    for (int left = 0; left < measurements.size(); left++) {
      Measurement row = measurements.get(left);
      rows.add(
          new Row(
              row,
              model.seconds(row.structure()),
              predictedByOthers(unit, measurements, left, row.structure())));
    }
    return new ModelFit(model, rows, held(constants, regression.unbounded()));
  }

  private static OptionalDouble predictedByOthers(
      StepModel unit, List<Measurement> measurements, int left, Structure structure) {
    List<Measurement> others =
        IntStream.range(0, measurements.size())
            .filter(i -> i != left)
            .mapToObj(measurements::get)
            .toList();
    StepRegression regression = new StepRegression(unit, others);
    return regression.determinesAll()
        ? OptionalDouble.of(model(unit.placement(), regression.bounded()).seconds(structure))
        : OptionalDouble.empty();
  }

  private static StepModel model(Placement placement, double[] constants) {
    return new StepModel(constants[0], constants[1], constants[2], placement);
  }

  private static List<Held> held(double[] bounded, double[] unbounded) {
    return IntStream.range(0, bounded.length)
        .filter(i -> bounded[i] == 0 && unbounded[i] < 0)
        .mapToObj(i -> new Held(StepRegression.CONSTANTS.get(i), unbounded[i]))
        .toList();
  }

  /** Root of the mean squared error, in seconds. */
  public double rmse() {
    return root(rows.stream().map(Row::residual).toList());
  }

  /** Root of the mean squared leave-one-out error, in seconds; NaN if there is no prediction. */
  public double looRmse() {
    return root(
        rows.stream()
            .filter(row -> row.leaveOneOut().isPresent())
            .map(row -> row.leaveOneOut().getAsDouble() - row.measurement().seconds())
            .toList());
  }

  /** The share of the variance that the model explains, at most 1; 1 without any variance. */
  public double r2() {
    double mean =
        rows.stream().mapToDouble(row -> row.measurement().seconds()).average().orElseThrow();
    double all = rows.stream().mapToDouble(row -> square(row.measurement().seconds() - mean)).sum();
    double left = rows.stream().mapToDouble(row -> square(row.residual())).sum();
    return all == 0 ? 1 : 1 - left / all;
  }

  private static double root(List<Double> errors) {
    return Math.sqrt(
        errors.stream().mapToDouble(error -> square(error)).average().orElse(Double.NaN));
  }

  private static double square(double x) {
    return x * x;
  }
}
