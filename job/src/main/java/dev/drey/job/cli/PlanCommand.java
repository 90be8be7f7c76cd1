package dev.drey.job.cli;

import dev.drey.core.parameters.Shards;
import dev.drey.core.plan.InfeasiblePlanException;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.ShardedTreePlanner;
import dev.drey.core.plan.StepModel;
import dev.drey.job.model.AtomicFile;
import dev.drey.job.plan.FittedCase;
import dev.drey.job.plan.MemoryCurves;
import dev.drey.job.plan.PaperCase;
import dev.drey.job.plan.ParetoFrontFiles;
import dev.drey.job.plan.PlanOptions;
import dev.drey.job.plan.PlanningProblem;
import dev.drey.job.plan.Recommendation;
import dev.drey.job.plan.TreeAdvice;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.key.Fault;
import dev.drey.job.spec.key.SpecificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells which structure, memory size and number of workers are best, by a model. */
@Command(
    name = "plan",
    description = {
      "Plans the tree's structure, the workers' memory size and their number.",
      "",
      "Reads the run specification SPEC, whose data need not be there if network.input is given, and"
          + " prints the best plan, what a step, an epoch and the run take with it, where a step's"
          + " time goes, and other plans to compare it with. All of it is modelled, not measured;"
          + " docs/planner.md tells how. Without SPEC it plans the structure alone: for --workers, or"
          + " by --measurements.",
      ""
    })
final class PlanCommand implements Callable<Integer> {

  private static final int USUAL_PARAMETERS = 1_000_000;

  /** Shards times tasks, up to which numbers of shards are tried: what takes about a second. */
  private static final int MOST_KEYS = 20_000;

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

  /** The command with the options of {@link PlanOptions} added, whose words that class has. */
  static CommandLine line(Shell shell) {
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
    if (inputs.training().isPresent()) {
      return run(inputs, inputs.training().get());
    }
    return inputs.fits().isEmpty() ? structure(inputs) : measured(inputs);
  }

  private String run(PlanInputs inputs, PlanInputs.Training training) throws IOException {
    RunSpecification specification = training.specification();
    PlanningProblem subject =
        PlanningProblem.of(
            specification,
            training.bound(),
            inputs.wishes(),
            inputs.profile(),
            inputs.fits().stream().findFirst().map(FittedCase::tree),
            PlanningProblem.loop(specification, training.bound(), tasks(inputs)));
    Timed<Recommendation> planned = timed(() -> Recommendation.of(subject, inputs.wishes()));
    if (pareto != null) {
      ParetoFrontFiles.at(shell.directory().resolve(pareto)).write(planned.value());
    }
    return json
        ? PlanJson.of(planned.value(), inputs.fits(), planned.millis())
        : PlanText.of(planned.value(), inputs.fits());
  }

  private String structure(PlanInputs inputs) {
    int parameters = inputs.wishes().parameters().orElse(USUAL_PARAMETERS);
    Profile profile = inputs.profile().orElse(Profile.AWS_LAMBDA);
    int tasks = tasks(inputs);
    IntFunction<StepModel> model =
        shards ->
            profile.tree().model(0, (long) Float.BYTES * parameters, new OnTasks(tasks, shards));
    int workers = inputs.wishes().workers().orElseThrow();
    Timed<TreeAdvice> planned =
        timed(() -> TreeAdvice.of(workers, model.apply(Shards.of(parameters).count())));
    int most = Math.min(parameters, Math.max(1, Math.min(4 * tasks, MOST_KEYS / tasks)));
    ShardedTreePlanner.Choice free = ShardedTreePlanner.upTo(workers, most, model).best(workers);
    return json
        ? TreeJson.of(planned.value(), free, planned.millis(), parameters)
        : TreeText.of(planned.value(), free, parameters, profile.source());
  }

  private String measured(PlanInputs inputs) {
    List<Timed<TreeAdvice>> planned =
        inputs.fits().stream()
            .map(
                one ->
                    timed(
                        () ->
                            TreeAdvice.of(
                                inputs.wishes().workers().orElse(one.measured().slots()),
                                one.fit().model())))
            .toList();
    return json
        ? TreeJson.of(
            inputs.fits(),
            planned.stream().map(Timed::value).toList(),
            planned.stream().mapToLong(Timed::millis).sum())
        : TreeText.of(inputs.fits(), planned.stream().map(Timed::value).toList());
  }

  private static int tasks(PlanInputs inputs) {
    return inputs.wishes().tasks().orElseGet(LocalTraining::parallelism);
  }

  /** The options that this class did not declare and --pareto, as they are written. */
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

  /** A result, and how long it took. */
  private record Timed<T>(T value, long millis) {}

  private <T> Timed<T> timed(Supplier<T> work) {
    long start = shell.nanoTime().getAsLong();
    T value = work.get();
    return new Timed<>(value, (shell.nanoTime().getAsLong() - start) / 1_000_000);
  }
}
