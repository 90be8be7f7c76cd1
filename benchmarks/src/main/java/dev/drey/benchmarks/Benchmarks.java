package dev.drey.benchmarks;

import dev.drey.benchmarks.chaos.ChaosCommand;
import dev.drey.benchmarks.gradient.GradientCommand;
import dev.drey.benchmarks.loop.CheckpointCommand;
import dev.drey.benchmarks.loop.LoopCommand;
import dev.drey.benchmarks.start.StartCommand;
import dev.drey.benchmarks.stream.SoakCommand;
import dev.drey.benchmarks.stream.StreamCommand;
import dev.drey.benchmarks.train.TrainBenchCommand;
import dev.drey.benchmarks.worker.KernelsCommand;
import dev.drey.benchmarks.worker.MemoryCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code drey bench}: the measurements. */
@Command(
    name = "drey bench",
    mixinStandardHelpOptions = true,
    description = "Measures Drey, beside a peer or the machine's own limit.",
    subcommands = {
      LoopCommand.class,
      TrainBenchCommand.class,
      GradientCommand.class,
      StartCommand.class,
      MemoryCommand.class,
      KernelsCommand.class,
      CheckpointCommand.class,
      ChaosCommand.class,
      StreamCommand.class,
      SoakCommand.class
    })
public final class Benchmarks {

  private Benchmarks() {}

  /** Runs the measurement that the arguments name, and exits with its code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }
}
