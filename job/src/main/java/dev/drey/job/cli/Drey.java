package dev.drey.job.cli;

import dev.drey.connectors.process.InProcessWorker;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.worker.GradientWorker;
import dev.drey.job.cli.cluster.ClusterCommand;
import dev.drey.job.cli.plan.PlanCommand;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.run.LocalSetup;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.run.TrainingRun;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Key;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code drey}. */
@Command(
    name = "drey",
    description = {
      "Trains neural networks as an Apache Flink streaming job, with gradients computed by AWS Lambda"
          + " workers, or by local ones.",
      ""
    },
    footer = {
      "",
      "bin/drey bench ... runs the measurements of benchmarks/.",
      "DREY_HEAP sets the Java heap (default 2g)."
    })
public final class Drey {

  private static final int WIDTH = 100;

  private static final Map<String, String> EXIT_CODES = new LinkedHashMap<>();

  static {
    EXIT_CODES.put("0", "done");
    EXIT_CODES.put("1", "the run failed");
    EXIT_CODES.put("2", "wrong usage, or a wrong specification: nothing was started");
    EXIT_CODES.put("3", "Flink was asked to stop the job: there is a savepoint, and no model");
    EXIT_CODES.put("130", "interrupted, with the model saved");
  }

  private Drey() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(new LocalTraining(Shell.system().home()), arguments));
  }

  /**
   * Runs a command in this process, with another way of training; returns its exit code.
   *
   * @param training what {@code drey train} does
   */
  public static int run(TrainingRun training, String... arguments) {
    Shell shell = Shell.system();
    return run(training, exchange -> worker(shell.home(), exchange), shell, arguments);
  }

  /** Runs a command; returns its exit code. */
  static int run(
      TrainingRun training, PredictCommand.Workers workers, Shell shell, String... arguments) {
    CommandLine line = new CommandLine(new Drey());
    line.addSubcommand(new TrainCommand(training, shell));
    line.addSubcommand(new PredictCommand(workers, shell));
    line.addSubcommand(new ExportCommand(shell));
    line.addSubcommand(new InspectCommand(shell));
    line.addSubcommand(PlanCommand.line(shell));
    line.addSubcommand(ClusterCommand.line(shell, Drey.class.getName()));
    line.addSubcommand(new ProduceCommand(shell));
    line.addSubcommand(new ServeCheckCommand(workers, shell));
    line.addSubcommand(new VersionCommand(shell));
    describe(line);
    line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          shell.err().println("drey: " + e);
          return ExitCode.FAILED;
        });
    if (arguments.length == 0) {
      line.usage(shell.err());
      return ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  /** The worker function of the checkout, in this process. */
  static GradientWorker worker(Path home, ExchangeDirectory exchange) throws IOException {
    LocalSetup setup = LocalSetup.of(home);
    return new InProcessWorker.Provider(
            setup.function().toUri(),
            setup.nativeCache().toUri(),
            1,
            TransportSettings.shared(exchange.results()),
            JobStores.provider(exchange.weights()))
        .open();
  }

  private static void describe(CommandLine line) {
    line.setUsageHelpWidth(WIDTH);
    all(line).forEach(command -> addHelp(command.getCommandSpec()));
    CommandSpec train = line.getSubcommands().get("train").getCommandSpec();
    train.usageMessage().footer(specificationHelp());
  }

  private static List<CommandLine> all(CommandLine line) {
    List<CommandLine> commands = new ArrayList<>(List.of(line));
    line.getSubcommands().values().forEach(command -> commands.addAll(all(command)));
    return commands;
  }

  private static void addHelp(CommandSpec command) {
    command.addOption(
        CommandLine.Model.OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("prints this")
            .build());
    command.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(EXIT_CODES);
  }

  private static String[] specificationHelp() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("The specification's keys (docs/specification.md has all of them, with defaults):");
    for (Key<RunSpecification, ?> key : RunSpecification.SECTION.keys()) {
      lines.add(String.format("  %-12s %s", key.name(), key.meaning()));
    }
    lines.add("");
    lines.add("Examples: drey train examples/fashion-mlp.yaml --set training.epochs=3");
    lines.add("          drey train examples/fashion-mlp.yaml --resume runs/fashion-mlp-<time>");
    return lines.toArray(new String[0]);
  }
}
