package dev.drey.job.cli.cluster;

import dev.drey.job.cli.shell.Shell;
import dev.drey.job.cluster.ClusterFile;
import dev.drey.job.cluster.ClusterFunction;
import dev.drey.job.cluster.ClusterSupervisor;
import dev.drey.job.cluster.Probe;
import dev.drey.job.run.LocalSetup;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A real cluster on this machine, for trials. */
@Command(
    name = "cluster",
    description = {
      "A real cluster on this machine: Flink (a JobManager, two TaskManagers of two slots, the web"
          + " UI), a Kafka broker, and a Lambda service with the worker's function. Each is a process"
          + " of its own and listens on 127.0.0.1 alone; what dies is started again.",
      ""
    },
    footer = {
      "",
      "Example: drey cluster up",
      "         drey-cluster/bin/flink run -p 2 job/target/drey-job-<version>.jar --spec SPEC",
      "         drey cluster down"
    })
public final class ClusterCommand {

  private ClusterCommand() {}

  /**
   * The command with its subcommands.
   *
   * @param program the main class of the command line, for processes that the command starts
   */
  public static CommandLine line(Shell shell, String program) {
    CommandLine line = new CommandLine(new ClusterCommand());
    line.addSubcommand(new ClusterUpCommand(shell, program));
    line.addSubcommand(new ClusterStatusCommand(shell));
    line.addSubcommand(new ClusterDownCommand(shell));
    line.addSubcommand(new ClusterKeepCommand(shell));
    return line;
  }

  /** Prints the addresses of the cluster's services. */
  static void print(ClusterFile cluster, Path directory, Shell shell) {
    shell.out().println("web UI  " + cluster.web());
    shell.out().println("kafka   " + cluster.kafka());
    shell
        .out()
        .println(
            "lambda  "
                + cluster.lambda()
                + "   (workers: {runtime: aws, region: eu-central-1, function: "
                + LocalSetup.FUNCTION
                + ", endpoint: '"
                + cluster.lambda()
                + "', token: {file: '"
                + ClusterFunction.token(directory)
                + "'}})");
    cluster.prometheus().forEach(address -> shell.out().println("metrics " + address));
    shell.out().println("flink   " + directory.resolve("bin/flink"));
  }

  /** Whether all parts of the cluster answer; prints those that do not. */
  static boolean check(ClusterFile cluster, Shell shell) {
    boolean whole = true;
    for (var process : cluster.processes().entrySet()) {
      if (process.getValue().alive().isEmpty()) {
        shell.err().println("drey: " + process.getKey() + " is not running");
        whole = false;
      }
    }
    int port = Integer.parseInt(cluster.kafka().substring(cluster.kafka().lastIndexOf(':') + 1));
    if (!Probe.listens(port)) {
      shell.err().println("drey: Kafka does not answer at " + cluster.kafka());
      whole = false;
    }
    if (!Probe.listens(URI.create(cluster.lambda()).getPort())) {
      shell.err().println("drey: the Lambda service does not answer at " + cluster.lambda());
      whole = false;
    }
    int taskManagers = Probe.taskManagers(URI.create(cluster.web()));
    if (taskManagers != ClusterSupervisor.TASK_MANAGERS) {
      shell
          .err()
          .println(
              taskManagers < 0
                  ? "drey: the JobManager does not answer at " + cluster.web()
                  : "drey: the JobManager knows "
                      + taskManagers
                      + " TaskManagers, must be "
                      + ClusterSupervisor.TASK_MANAGERS);
      whole = false;
    }
    return whole;
  }
}
