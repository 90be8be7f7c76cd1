package dev.drey.job.cli.plan;

import dev.drey.core.plan.InfeasiblePlanException;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.model.AtomicFile;
import dev.drey.job.plan.MemoryCurves;
import dev.drey.job.plan.PaperCase;
import dev.drey.job.plan.PlanOptions;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints which structure, memory size and number of workers are best by a performance model. */
@Command(
    name = "plan",
    description = {
      "Plans the tree's structure, the workers' memory size and their number.",
      "",
      "Reads the run specification SPEC, whose data need not be there if network.input is given, and"
          + " prints the best plan, what a step, an epoch and the run take with it, where a step's"
          + " time goes, and other plans to compare it with. All of it is modelled, not measured;"
          + " docs/planner.md explains how. Without SPEC it plans the structure alone: for --workers, or"
          + " by --measurements.",
      ""
    })
public final class PlanCommand implements Callable<Integer> {

  @Mixin private PlanFiles files = new PlanFiles();

  @Option(
      names = "--paper",
      description = "the table of Feng et al. (2018), and what we plan of it")
  private boolean paper;

  @Option(
      names = "--memory-curves",
      paramLabel = "FILE",
      description =
          "with --paper: where its figures 9 and 10 go anew as CSV, cost and ratio by memory size")
  private @Nullable Path memoryCurves;

  @Option(
      names = "--pareto",
      paramLabel = "PATH",
      description =
          "a directory, or a file: where all plans go that none is both faster and cheaper than, as"
              + " CSV and as a picture (SVG)")
  private @Nullable Path pareto;

  @Option(names = "--json", description = "prints exact numbers as JSON")
  private boolean json;

  @Spec private @Nullable CommandSpec command;

  private final Shell shell;

  private PlanCommand(Shell shell) {
    this.shell = shell;
  }

  /** The command with the options of {@link PlanOptions} added, described in that class. */
  public static CommandLine line(Shell shell) {
    CommandLine line = new CommandLine(new PlanCommand(shell));
    PlanOptions.options()
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
      shell.out().print(paper ? paper() : plan());
      return ExitCode.DONE;
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    } catch (InfeasiblePlanException e) {
      shell.err().println("drey: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (IOException e) {
      shell.err().println("drey: cannot be written: " + e);
      return ExitCode.USAGE;
    }
  }

  private String paper() throws SpecificationException, IOException {
    refuseBesidesPaper();
    List<PaperCase> cases = PaperCase.both();
    if (memoryCurves != null) {
      AtomicFile.write(
          shell.directory().resolve(memoryCurves),
          MemoryCurves.csv(cases).getBytes(StandardCharsets.UTF_8));
    }
    return json ? PaperJson.of(cases) : PaperText.of(cases);
  }

  private void refuseBesidesPaper() throws SpecificationException {
    Set<String> allowed = Set.of("--paper", "--memory-curves", "--json");
    List<Fault> faults =
        Objects.requireNonNull(command).commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !allowed.contains(name))
            .map(name -> Fault.of(name, "is given beside --paper, leave one out"))
            .collect(Collectors.toList());
    files
        .specification()
        .ifPresent(
            file ->
                faults.add(Fault.of(file.toString(), "is given beside --paper, leave one out")));
    faults.addAll(PlanFiles.unwritable("--memory-curves", memoryCurves, shell.directory()));
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
  }

  private String plan() throws SpecificationException, IOException {
    PlanInputs inputs =
        PlanInputs.read(
            files,
            options(),
            shell.directory(),
            PlanFiles.unwritable("--pareto", pareto, shell.directory()));
    return new PlanReport(inputs, shell, json, Optional.ofNullable(pareto)).text();
  }

  /** The options that this class does not declare, and --pareto, as they are written. */
  private Map<String, String> options() {
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : PlanOptions.options().keySet()) {
      String text = Objects.requireNonNull(command).findOption(name).getValue();
      if (text != null) {
        given.put(name, text);
      }
    }
    if (pareto != null) {
      given.put("--pareto", pareto.toString());
    }
    if (memoryCurves != null) {
      given.put("--memory-curves", memoryCurves.toString());
    }
    return given;
  }
}
