package dev.drey.job.cli.plan;

import dev.drey.core.plan.Profile;
import dev.drey.job.plan.FittedCase;
import dev.drey.job.plan.PlanOptions;
import dev.drey.job.plan.ProfileFile;
import dev.drey.job.prepare.BoundNetwork;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a plan is made from, read and checked.
 *
 * @param training the specification with its network, if there is one
 * @param profile given as an option or by the specification
 * @param fits of the measurements, only those of the named case if one is named; may be empty
 */
record PlanInputs(
    PlanOptions options,
    Optional<Training> training,
    Optional<Profile> profile,
    List<FittedCase> fits) {

  /** Options that plan a whole run. */
  private static final Set<String> FOR_RUNS =
      Set.of("--goal", "--budget", "--deadline", "--max-workers", "--local-steps", "--pareto");

  /** A specification with its network. */
  record Training(RunSpecification specification, BoundNetwork bound) {}

  PlanInputs {
    fits = List.copyOf(fits);
  }

  /**
   * Reads everything.
   *
   * @param options as they are written, by their names
   * @param directory that the files are relative to
   * @param found faults that are known already, reported with the others
   * @throws SpecificationException with every fault of any input
   */
  static PlanInputs read(
      PlanFiles files, Map<String, String> options, Path directory, List<Fault> found)
      throws SpecificationException {
    List<Fault> faults = new ArrayList<>(found);
    faults.addAll(misfits(files, options));
    Optional<PlanOptions> parsed = read(() -> PlanOptions.of(known(options)), faults);
    Optional<Training> training =
        files
            .specification()
            .flatMap(
                file -> read(() -> training(directory.resolve(file), files.overrides()), faults));
    Optional<Profile> profile =
        files
            .profile()
            .map(directory::resolve)
            .or(() -> training.flatMap(t -> t.specification().planning().profile()))
            .flatMap(file -> read(() -> ProfileFile.read(file), faults));
    List<FittedCase> fits =
        files
            .measurements()
            .flatMap(
                file -> read(() -> FittedCase.read(directory.resolve(file), files.name()), faults))
            .orElse(List.of());
    if (training.isPresent() && fits.size() > 1) {
      faults.add(
          Fault.of(
              "--case",
              "is missing, must be one of "
                  + fits.stream().map(fit -> fit.measured().name()).toList()));
    }
    if (!faults.isEmpty() || parsed.isEmpty()) {
      throw new SpecificationException(faults);
    }
    return new PlanInputs(parsed.get(), training, profile, fits);
  }

  private static Map<String, String> known(Map<String, String> options) {
    Map<String, String> known = new LinkedHashMap<>(options);
    known.keySet().retainAll(PlanOptions.options().keySet());
    return known;
  }

  private static Training training(Path file, Map<String, String> overrides)
      throws SpecificationException {
    RunSpecification specification = RunSpecification.readAlone(file, overrides);
    return new Training(specification, BoundNetwork.of(specification));
  }

  /** Options that do not go together. */
  private static List<Fault> misfits(PlanFiles files, Map<String, String> options) {
    List<Fault> faults = new ArrayList<>();
    boolean run = files.specification().isPresent();
    boolean measured = files.measurements().isPresent();
    if (!run && !measured && !options.containsKey("--workers")) {
      faults.add(
          Fault.of("SPEC", "is missing; or give --workers, --measurements or --paper instead"));
    }
    for (String name : options.keySet()) {
      if (!run && FOR_RUNS.contains(name)) {
        faults.add(Fault.of(name, "is given, needs SPEC"));
      }
    }
    if (options.containsKey("--memory-curves")) {
      faults.add(Fault.of("--memory-curves", "is given without --paper"));
    }
    if (run && options.containsKey("--parameters")) {
      faults.add(Fault.of("--parameters", "is given beside SPEC, whose network has them"));
    }
    if (measured && options.containsKey("--tasks")) {
      faults.add(Fault.of("--tasks", "is given beside --measurements, which say them"));
    }
    if (measured && !run && options.containsKey("--parameters")) {
      faults.add(Fault.of("--parameters", "is given beside --measurements without SPEC"));
    }
    if (!measured && files.name().isPresent()) {
      faults.add(Fault.of("--case", "is given without --measurements"));
    }
    return faults;
  }

  /** A reader of an input that can be wrong. */
  private interface Source<T> {
    T read() throws SpecificationException;
  }

  private static <T> Optional<T> read(Source<T> source, List<Fault> faults) {
    try {
      return Optional.of(source.read());
    } catch (SpecificationException e) {
      faults.addAll(e.faults());
      return Optional.empty();
    }
  }
}
