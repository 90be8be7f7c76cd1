package dev.drey.benchmarks.train;

import dev.drey.benchmarks.measure.Peer;
import dev.drey.benchmarks.measure.Torch;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the whole command `drey train` on a specification, with 2 workers x 128 examples,"
          + " beside PyTorch's DistributedDataParallel over gloo with 2 processes x 128: the same"
          + " rows, normalization, network, optimizer and evaluations, one thread a worker. The two"
          + " sides take turns, and medians are reported.",
      "The first half of the epochs is warm-up on both sides. examplesPerSecond counts the time of"
          + " the evaluations after each epoch, trainingExamplesPerSecond leaves it out."
    })
public final class TrainBenchCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--spec",
      required = true,
      paramLabel = "FILE",
      description = "The run specification.")
  private Path file;

  @Option(
      names = "--peer",
      defaultValue = "none",
      description = "Measured beside it: torch or none (${DEFAULT-VALUE}).")
  private Peer peer;

  @Option(
      names = "--epochs",
      defaultValue = "80",
      description = "Passes over the training rows, at least 2 (${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      description = "How often each side runs (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--runtime",
      paramLabel = "RUNTIME",
      description = "The workers: local or in-process; default: as the specification says.")
  private @Nullable String runtime;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    TrainPlan plan = plan();
    Path home = Path.of(System.getProperty("drey.home", "")).toAbsolutePath();
    Path directory = Files.createTempDirectory("drey-bench-");
    try {
      TrainComparison comparison = compare(plan, home, directory, out);
      out.println();
      comparison.print(out);
      if (json) {
        out.println(comparison.json());
      }
      out.flush();
      return 0;
    } catch (IOException e) {
      command.commandLine().getErr().println("drey bench: " + e.getMessage());
      return 1;
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private TrainPlan plan() {
    if (epochs < 2 || rounds < 1) {
      throw new ParameterException(
          command.commandLine(),
          "--epochs must be at least 2 and --rounds at least 1, not " + epochs + " and " + rounds);
    }
    try {
      return TrainPlan.read(file, epochs, runtime);
    } catch (SpecificationException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private TrainComparison compare(TrainPlan plan, Path home, Path directory, PrintWriter out)
      throws IOException, InterruptedException {
    Torch installed = new Torch(home);
    TorchPeer torch = new TorchPeer(installed);
    if (peer == Peer.TORCH) {
      TorchPeer.task(plan);
      installed.check();
    }
    List<CommandRun> ours = new ArrayList<>();
    List<Speed> theirs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      CommandRun run = CommandRun.of(plan, home, directory.resolve("run-" + round));
      ours.add(run);
      print(out, round, "drey", run.speed());
      if (peer == Peer.TORCH) {
        Speed speed = torch.run(plan);
        theirs.add(speed);
        print(out, round, "PyTorch", speed);
      }
    }
    return new TrainComparison(ours, theirs);
  }

  private static void print(PrintWriter out, int round, String side, Speed speed) {
    out.printf(
        Locale.ROOT,
        "round %d: %-8s %,10.0f examples/s, %.2f ms a step, over %,d steps in %.1f s%n",
        round,
        side,
        speed.examplesPerSecond(),
        speed.millisPerStep(),
        speed.steps(),
        speed.seconds());
    out.flush();
  }
}
