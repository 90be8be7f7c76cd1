package dev.drey.job.cli;

import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.SetOption;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.prepare.BoundNetwork;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the layers of a specification's network and what they cost. */
@Command(
    name = "inspect",
    description = {
      "Shows a network: shapes, parameters, memory, operations.",
      "",
      "Reads the run specification SPEC and prints a line per layer: what it reads if that is not the"
          + " layer before, the shape of its output for one example, its parameters, and for one"
          + " example the memory of the output with its gradient and the floating-point operations"
          + " on the way forward (a multiplication and an addition are two). Then the totals, and"
          + " the memory that a worker needs. The data need not be there if network.input is given.",
      ""
    })
final class InspectCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SPEC", description = "the run specification")
  private @Nullable Path specificationFile;

  @Mixin private SetOption overrides = new SetOption();

  @Option(names = "--json", description = "prints exact numbers as JSON")
  private boolean json;

  private final Shell shell;

  InspectCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Path file = shell.directory().resolve(Objects.requireNonNull(specificationFile));
    try {
      RunSpecification specification = RunSpecification.readAlone(file, overrides.values());
      Inspection inspection = Inspection.of(specification, BoundNetwork.of(specification));
      shell.out().print(json ? InspectionJson.of(inspection) : InspectionText.of(inspection));
      return ExitCode.DONE;
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    }
  }
}
