package dev.drey.job.cli.cluster;

import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.cluster.ClusterFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends a cluster. */
@Command(
    name = "down",
    description = "Ends all processes of the cluster. Its files stay, Kafka's topics too.")
final class ClusterDownCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "of the cluster (default: drey-cluster here)")
  private Path directory = Path.of("drey-cluster");

  private final Shell shell;

  ClusterDownCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Path path = shell.directory().resolve(directory).normalize();
    Optional<ClusterFile> cluster = ClusterFile.read(path);
    Optional<ProcessHandle> keeper = cluster.flatMap(c -> c.supervisor().alive());
    if (keeper.isEmpty()) {
      shell.out().println("no cluster is up in " + path);
      return ExitCode.DONE;
    }
    // The keeper and all its processes. Only the keeper restarts those that die.
    List<ProcessHandle> all = Stream.concat(keeper.stream(), keeper.get().descendants()).toList();
    keeper.get().destroy();
    if (!haveEnded(all)) {
      keeper.get().destroyForcibly(); // the others end with it
      all.forEach(ProcessHandle::destroyForcibly);
      if (!haveEnded(all)) {
        shell.err().println("drey: these processes do not end: " + alive(all));
        return ExitCode.FAILED;
      }
    }
    shell.out().println("down: " + all.size() + " processes ended");
    return ExitCode.DONE;
  }

  private static boolean haveEnded(List<ProcessHandle> processes) {
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .join();
      return true;
    } catch (CompletionException e) {
      return alive(processes).isEmpty();
    }
  }

  private static List<Long> alive(List<ProcessHandle> processes) {
    return processes.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
  }
}
