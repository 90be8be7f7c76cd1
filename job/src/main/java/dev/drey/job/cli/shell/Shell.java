package dev.drey.job.cli.shell;

import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The environment that a command is called in.
 *
 * @param out for results and progress
 * @param err for errors
 * @param live whether {@code out} is a terminal
 * @param directory the working directory, absolute
 * @param home where Drey is installed: the checkout, with its modules built
 * @param clock for names
 * @param nanoTime for durations
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    boolean live,
    Path directory,
    Path home,
    Clock clock,
    LongSupplier nanoTime) {

  /** The environment of this process, as bin/drey started it. */
  public static Shell system() {
    Path directory = Path.of("").toAbsolutePath();
    return new Shell(
        System.out,
        System.err,
        Boolean.getBoolean("drey.terminal"),
        directory,
        Path.of(System.getProperty("drey.home", directory.toString())),
        Clock.system(ZoneId.systemDefault()),
        System::nanoTime);
  }

  /** Prints the faults of a specification, one line each. */
  public void complain(SpecificationException e) {
    for (Fault fault : e.faults()) {
      err.println("drey: " + fault);
    }
  }
}
