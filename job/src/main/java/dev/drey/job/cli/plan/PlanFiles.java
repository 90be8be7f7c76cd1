package dev.drey.job.cli.plan;

import dev.drey.job.cli.shell.SetOption;
import dev.drey.job.specification.key.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files of {@code drey plan}, as given on the command line. */
final class PlanFiles {

  @Parameters(arity = "0..1", paramLabel = "SPEC", description = "the run specification")
  private @Nullable Path specification;

  @Mixin private SetOption overrides = new SetOption();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "constants of the place where training runs, as JSON (default: SPEC's planning.profile, or"
              + " built in by workers.runtime); --json prints those that were used")
  private @Nullable Path profile;

  @Option(
      names = "--measurements",
      paramLabel = "FILE",
      description =
          "measured steps as CSV: columns structure, seconds, and more; fits the tree's constants"
              + " and plans with them")
  private @Nullable Path measurements;

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description = "of the measurements, if they have several")
  private @Nullable String name;

  Optional<Path> specification() {
    return Optional.ofNullable(specification);
  }

  Map<String, String> overrides() {
    return overrides.values();
  }

  Optional<Path> profile() {
    return Optional.ofNullable(profile);
  }

  Optional<Path> measurements() {
    return Optional.ofNullable(measurements);
  }

  /** The case of the measurements. */
  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Checks a file to be written: its directory must exist. */
  static List<Fault> unwritable(String option, @Nullable Path file, Path directory) {
    Path path = file == null ? directory : directory.resolve(file).normalize();
    return Files.isDirectory(path) || Files.isDirectory(path.resolveSibling(""))
        ? List.of()
        : List.of(Fault.of(option, "is " + path + ", whose directory does not exist"));
  }
}
