package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.Placement;
import dev.drey.core.plan.StepModel;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The posterior distribution of the constants of a {@link StepModel}: a Gaussian, which each
 * measured step narrows. Bayesian linear regression: with precision S^-1 and mean m, a row x with
 * target y and standard deviation s gives S'^-1 = S^-1 + x x^T / s^2 and S'^-1 m' = S^-1 m + x y /
 * s^2 (Bishop 2006, "Pattern Recognition and Machine Learning", equations 3.50 and 3.51). All
 * values are in seconds. Immutable.
 */
final class Belief {

  private static final int CONSTANTS = 3;

  private final Placement placement;
  private final RealMatrix precision;
  private final RealVector precisionTimesMean;

  private Belief(Placement placement, RealMatrix precision, RealVector precisionTimesMean) {
    this.placement = placement;
    this.precision = precision;
    this.precisionTimesMean = precisionTimesMean;
  }

  /**
   * The prior, before any measurement.
   *
   * @param model the most likely constants
   * @param deviations standard deviations of base, per sum and per hop, each above 0
   */
  static Belief of(StepModel model, double... deviations) {
    Belief nothing =
        new Belief(
            model.placement(),
            MatrixUtils.createRealMatrix(CONSTANTS, CONSTANTS),
            new ArrayRealVector(CONSTANTS));
    return nothing
        .with(unit(0), model.base(), deviations[0])
        .with(unit(1), model.perSum(), deviations[1])
        .with(unit(2), model.perHop(), deviations[2]);
  }

  /** The posterior after a measurement of a structure's step. */
  Belief withStep(Structure structure, double seconds, double deviation) {
    return with(row(structure), seconds, deviation);
  }

  /** The posterior after a measurement of the base, which all structures have in common. */
  Belief withBase(double seconds, double deviation) {
    return with(unit(0), seconds, deviation);
  }

  private Belief with(RealVector row, double seconds, double deviation) {
    if (!(deviation > 0)) {
      throw new IllegalArgumentException("the deviation is " + deviation + ", must be above 0");
    }
    double weight = 1 / (deviation * deviation);
    return new Belief(
        placement,
        precision.add(row.outerProduct(row).scalarMultiply(weight)),
        precisionTimesMean.add(row.mapMultiply(seconds * weight)));
  }

  /** The most likely constants; negative ones are set to 0. */
  StepModel model() {
    RealVector mean = solver().solve(precisionTimesMean);
    return new StepModel(
        Math.max(0, mean.getEntry(0)),
        Math.max(0, mean.getEntry(1)),
        Math.max(0, mean.getEntry(2)),
        placement);
  }

  /** The time that a change of structure saves. */
  Saving saving(Structure from, Structure to) {
    RealVector difference = row(from).subtract(row(to));
    double variance = difference.dotProduct(solver().solve(difference));
    StepModel model = model();
    return new Saving(model.seconds(from) - model.seconds(to), Math.sqrt(Math.max(0, variance)));
  }

  /**
   * The time that a change of structure saves.
   *
   * @param seconds saved per step; negative if the step takes longer
   * @param deviation standard deviation of {@code seconds}
   */
  record Saving(double seconds, double deviation) {}

  private DecompositionSolver solver() {
    return new CholeskyDecomposition(precision).getSolver();
  }

  private RealVector row(Structure structure) {
    StepModel counts = new StepModel(0, 1, 1, placement);
    return new ArrayRealVector(
        new double[] {1, counts.sums(structure), counts.hops(structure)}, false);
  }

  private static RealVector unit(int constant) {
    RealVector unit = new ArrayRealVector(CONSTANTS);
    unit.setEntry(constant, 1);
    return unit;
  }
}
