package dev.drey.job.plan;

import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measurements of one place and network, and the model fitted to them. */
public record FittedCase(MeasuredCase measured, ModelFit fit) {

  /**
   * Reads a file and fits its cases.
   *
   * @param name of the only case to fit; empty for all
   * @throws SpecificationException with all faults of the file, or with all cases that do not
   *     determine a model
   */
  public static List<FittedCase> read(Path file, Optional<String> name)
      throws SpecificationException {
    List<MeasuredCase> cases = Measurements.read(file);
    List<Fault> faults = new ArrayList<>();
    List<FittedCase> fitted = new ArrayList<>();
    for (MeasuredCase measured : cases) {
      if (name.map(measured.name()::equals).orElse(true)) {
        try {
          fitted.add(new FittedCase(measured, ModelFit.of(measured)));
        } catch (UndeterminedModelException e) {
          String place = measured.name().isEmpty() ? "" : ", case " + measured.name();
          faults.add(Fault.of(file + place, String.valueOf(e.getMessage())));
        }
      }
    }
    if (fitted.isEmpty() && faults.isEmpty()) {
      faults.add(
          Fault.of(
              "--case",
              "is "
                  + name.orElse("")
                  + ", must be one of "
                  + cases.stream().map(MeasuredCase::name).toList()));
    }
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
    return fitted;
  }

  /** The fitted constants of the tree. */
  public FittedTree tree() {
    return new FittedTree(fit.model(), (long) Float.BYTES * measured.parameters());
  }
}
