package dev.drey.job.cli.cluster;

import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Interrupts;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.cluster.ClusterSettings;
import dev.drey.job.cluster.ClusterSupervisor;
import dev.drey.job.resume.RunLock;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the cluster: all of it ends with this process. */
@Command(
    name = "keep",
    description = "Starts the cluster, and keeps it up until this command is ended by Ctrl-C.")
final class ClusterKeepCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options = new ClusterOptions();

  private final Shell shell;

  ClusterKeepCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterSettings settings;
    try {
      settings = options.settings(shell);
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    }
    Files.createDirectories(settings.directory());
    Optional<RunLock> lock = RunLock.tryTake(settings.directory());
    if (lock.isEmpty()) {
      shell.err().println("drey: another cluster is up or starting in " + settings.directory());
      return ExitCode.USAGE;
    }
    RunLock held = lock.get();
    Interrupts interrupts = new Interrupts(Thread.currentThread()::interrupt, () -> {});
    try (held;
        interrupts) {
      keep(settings);
    } catch (InterruptedException e) {
      shell.out().println("down");
    }
    return ExitCode.DONE;
  }

  private void keep(ClusterSettings settings) throws IOException, InterruptedException {
    try (ClusterSupervisor keeper = ClusterSupervisor.open(settings, shell.out())) {
      ClusterCommand.print(keeper.file(), settings.directory(), shell);
      new CountDownLatch(1).await();
    }
  }
}
