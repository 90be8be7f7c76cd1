package dev.drey.job.cli;

import dev.drey.job.plan.PaperCase;
import dev.drey.job.plan.PlanWishes;
import dev.drey.job.spec.key.Fault;
import dev.drey.job.spec.key.SpecificationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plans structure, memory size and number of workers. */
@Command(
    name = "plan",
    description = {
      "Plans the structure of the tree, the workers' memory size and their number.",
      "",
      ""
    })
final class PlanCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "SPEC", description = "the run specification")
  private @Nullable Path specificationFile;

  @Option(
      names = "--paper",
      description = "the table of Feng et al. (2018), and what we plan of it")
  private boolean paper;

  @Option(names = "--json", description = "prints exact numbers as JSON")
  private boolean json;

  @Spec private @Nullable CommandSpec command;

  private final Shell shell;

  private PlanCommand(Shell shell) {
    this.shell = shell;
  }

  /** The command with the options of {@link PlanWishes} added, whose words that class has. */
  static CommandLine line(Shell shell) {
    CommandLine line = new CommandLine(new PlanCommand(shell));
    PlanWishes.options()
        .forEach(
            (name, meaning) ->
                line.getCommandSpec()
                    .addOption(
                        OptionSpec.builder(name)
                            .paramLabel(name.substring(2).toUpperCase(Locale.ROOT))
                            .type(String.class)
                            .description(meaning)
                            .build()));
    return line;
  }

  @Override
  public Integer call() {
    try {
      Map<String, String> given = given();
      if (paper) {
        paper(given);
      }
      return ExitCode.DONE;
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    }
  }

  private void paper(Map<String, String> given) throws SpecificationException {
    List<Fault> faults = new ArrayList<>();
    given.keySet().forEach(name -> faults.add(Fault.of(name, "is no option of --paper")));
    if (specificationFile != null) {
      faults.add(Fault.of(specificationFile.toString(), "is given beside --paper, leave one out"));
    }
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
    List<PaperCase> cases = PaperCase.both();
    shell.out().print(json ? PaperJson.of(cases) : PaperText.of(cases));
  }

  /** The options of {@link PlanWishes} that are given, as they are written. */
  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : PlanWishes.options().keySet()) {
      String text = Objects.requireNonNull(command).findOption(name).getValue();
      if (text != null) {
        given.put(name, text);
      }
    }
    return given;
  }
}
