package dev.drey.job.cli.cluster;

import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.cluster.ClusterFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints whether a cluster is up. */
@Command(
    name = "status",
    description =
        "Prints the cluster's addresses and processes. Exits with 1 unless all of it is up.")
final class ClusterStatusCommand implements Callable<Integer> {

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "of the cluster (default: drey-cluster here)")
  private Path directory = Path.of("drey-cluster");

  private final Shell shell;

  ClusterStatusCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Path path = shell.directory().resolve(directory).normalize();
    Optional<ClusterFile> cluster = ClusterFile.read(path);
    if (cluster.isEmpty()) {
      shell.out().println("no cluster is up in " + path);
      return ExitCode.FAILED;
    }
    ClusterCommand.print(cluster.get(), path, shell);
    shell.out().println("keeper  " + cluster.get().supervisor().id());
    cluster
        .get()
        .processes()
        .forEach((name, pid) -> shell.out().println("process " + pid.id() + " " + name));
    return ClusterCommand.check(cluster.get(), shell) ? ExitCode.DONE : ExitCode.FAILED;
  }
}
