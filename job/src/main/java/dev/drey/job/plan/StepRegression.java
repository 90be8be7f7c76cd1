package dev.drey.job.plan;

import dev.drey.core.plan.StepModel;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Least squares of relative errors over base, per sum and per hop: rows 1/T, sums/T, hops/T with
 * target 1. The minimum with non-negative constants is exact: at it, some constants are free and
 * the others are 0. So every subset of free constants is solved, and the best solution without a
 * negative constant is the minimum.
 */
final class StepRegression {

  static final List<String> CONSTANTS = List.of("base", "per sum", "per hop");

  /**
   * Threshold for the linear independence of the columns, which are scaled to length 1: a hundred
   * thousand times the rounding error of dependent columns.
   */
  private static final double INDEPENDENT = 1e-10;

  private final RealMatrix columns;
  private final RealVector ones;
  private final double[] lengths = new double[CONSTANTS.size()];

  /**
   * Builds the rows.
   *
   * @param counts counts the sums and hops of a structure; its constants are ignored
   */
  StepRegression(StepModel counts, List<Measurement> measurements) {
    columns = new Array2DRowRealMatrix(measurements.size(), CONSTANTS.size());
    ones = new ArrayRealVector(measurements.size(), 1.0);
    for (int row = 0; row < measurements.size(); row++) {
      Measurement measured = measurements.get(row);
      double weight = 1 / measured.seconds();
      columns.setEntry(row, 0, weight);
      columns.setEntry(row, 1, weight * counts.sums(measured.structure()));
      columns.setEntry(row, 2, weight * counts.hops(measured.structure()));
    }
    for (int i = 0; i < lengths.length; i++) {
      RealVector column = columns.getColumnVector(i);
      lengths[i] = column.getNorm();
      if (lengths[i] > 0) {
        columns.setColumnVector(i, column.mapDivide(lengths[i]));
      }
    }
  }

  /** Whether the measurements determine all three constants. */
  boolean determinesAll() {
    return columns.getRowDimension() >= lengths.length
        && decomposed(all()).getSolver().isNonSingular();
  }

  /** The constants without bounds; they may be negative. */
  double[] unbounded() {
    return solve(all());
  }

  /** The constants with bounds: none is negative. */
  double[] bounded() {
    double[] best = new double[lengths.length];
    double least = Double.POSITIVE_INFINITY;
    for (int free = 1; free < 1 << lengths.length; free++) {
      int chosen = free;
      double[] constants =
          solve(IntStream.range(0, lengths.length).filter(i -> (chosen >> i & 1) == 1).toArray());
      double error = error(constants);
      if (error < least && IntStream.range(0, constants.length).allMatch(i -> constants[i] >= 0)) {
        best = constants;
        least = error;
      }
    }
    return best;
  }

  private static int[] all() {
    return IntStream.range(0, CONSTANTS.size()).toArray();
  }

  private QRDecomposition decomposed(int[] free) {
    int[] rows = IntStream.range(0, columns.getRowDimension()).toArray();
    return new QRDecomposition(columns.getSubMatrix(rows, free), INDEPENDENT);
  }

  private double[] solve(int[] free) {
    RealVector solution = decomposed(free).getSolver().solve(ones);
    double[] constants = new double[lengths.length];
    for (int i = 0; i < free.length; i++) {
      constants[free[i]] = solution.getEntry(i) / lengths[free[i]];
    }
    return constants;
  }

  private double error(double[] constants) {
    RealVector scaled = new ArrayRealVector(constants.length);
    for (int i = 0; i < constants.length; i++) {
      scaled.setEntry(i, constants[i] * lengths[i]);
    }
    return columns.operate(scaled).getDistance(ones);
  }
}
