package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.TreePlanner;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * One of the two cases of Feng, Kudva, Da Silva and Hu (2018): seconds per iteration of 100 workers
 * with ten structures, fitted to T = c + a sum(fan-in) + b levels.
 *
 * @param fit of the measured seconds
 * @param best the structure with the shortest iteration, by the fit
 */
public record PaperCase(MeasuredCase measured, ModelFit fit, Structure best) {

  private static final String FILE = "feng2018-structures.csv";

  /** The authors' price p in dollars per MB of memory and second. */
  public static final double DOLLARS_PER_MB_SECOND = 1.63e-8;

  /** Case A, then case B. */
  public static List<PaperCase> both() {
    try (InputStream in = Objects.requireNonNull(PaperCase.class.getResourceAsStream(FILE), FILE)) {
      return Measurements.read(FILE, in).stream().map(PaperCase::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SpecificationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PaperCase of(MeasuredCase measured) {
    try {
      ModelFit fit = ModelFit.of(measured);
      int workers = measured.slots();
      return new PaperCase(
          measured, fit, TreePlanner.upTo(workers, fit.model()).structure(workers));
    } catch (UndeterminedModelException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The row of the structure that the authors chose, [1, 5, 22, 100]. */
  public ModelFit.Row chosen() {
    Structure structure = Structure.ruleOfThumb(measured.slots());
    return fit.rows().stream()
        .filter(row -> row.measurement().structure().equals(structure))
        .findFirst()
        .orElseThrow();
  }

  /** Seconds of an iteration with the best structure, by the fit. */
  public double bestSeconds() {
    return fit.model().seconds(best);
  }

  /** The cost C(z) = p n z t(z) of an iteration of the given duration. */
  public double dollars(double seconds) {
    return DOLLARS_PER_MB_SECOND * measured.slots() * measured.memoryMb() * seconds;
  }
}
