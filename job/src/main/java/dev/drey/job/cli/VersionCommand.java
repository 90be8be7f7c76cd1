package dev.drey.job.cli;

import dev.drey.job.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Prints the versions that a bug report should name. */
@Command(name = "version", description = "Prints the versions of Drey, Flink and Java.")
final class VersionCommand implements Runnable {

  private final Shell shell;

  VersionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    String own = Drey.class.getPackage().getImplementationVersion();
    shell.out().println("drey " + (own == null ? "(development)" : own));
    shell
        .out()
        .println("flink " + org.apache.flink.runtime.util.EnvironmentInformation.getVersion());
    shell.out().println("java " + System.getProperty("java.version"));
  }
}
