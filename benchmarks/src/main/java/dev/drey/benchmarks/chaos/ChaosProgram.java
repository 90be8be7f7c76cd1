package dev.drey.benchmarks.chaos;

import dev.drey.job.cli.Drey;
import dev.drey.job.run.LocalSetup;
import dev.drey.job.run.LocalTraining;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * {@code bin/drey train} in a process of its own, with faults injected between it and its workers
 * and store.
 */
public final class ChaosProgram {

  /** By name: the interface of Lambda that it implements is on a worker's class path alone. */
  private static final String HANDLER = "dev.drey.benchmarks.chaos.ChaosHandler";

  private static final int OWN_ARGUMENTS = 3;

  private ChaosProgram() {}

  /**
   * Runs the command, and exits with its code.
   *
   * @param args the function's directory, the native cache, seconds of the store's outage, then
   *     those of the command
   */
  public static void main(String[] args) {
    Path function = Path.of(args[0]);
    String orders = function.resolve("orders").toString();
    Duration outage = Duration.ofSeconds(Long.parseLong(args[2]));
    LocalSetup setup =
        new LocalSetup(
            function,
            HANDLER,
            Path.of(args[1]),
            function.resolve("none.jsa"),
            real -> new ChaosWorkers.Provider(real, orders),
            real -> new ChaosStore.Provider(real, orders, outage));
    System.exit(
        Drey.run(new LocalTraining(setup), Arrays.copyOfRange(args, OWN_ARGUMENTS, args.length)));
  }
}
