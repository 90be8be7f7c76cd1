package dev.drey.job.cli;

import dev.drey.job.cli.shell.SetOption;
import dev.drey.job.prepare.TransactionCheck;
import dev.drey.job.run.ClusterTraining;
import dev.drey.job.run.PreparedRun;
import dev.drey.job.run.ProfilePlanner;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The job jar's program: reads and checks a specification and trains on the cluster that the jar
 * was submitted to, as {@code flink run drey-job.jar --spec SPEC} does. Flink's own options decide
 * which savepoint the run starts from ({@code -s}), its parallelism ({@code -p}) and whether the
 * client waits for its end ({@code -d}).
 */
@Command(
    name = "drey-job",
    description = "Trains a network on the Flink cluster that this runs on.")
public final class ClusterJob {

  @Option(
      names = "--spec",
      paramLabel = "SPEC",
      required = true,
      description = "the run specification: a path, an http address, or a URI that Flink reads")
  private @Nullable String specification;

  @Mixin private SetOption overrides = new SetOption();

  private ClusterJob() {}

  /**
   * Trains.
   *
   * @throws IllegalArgumentException if the arguments or the specification are wrong; the message
   *     has every fault
   * @throws Exception the job's failure
   */
  public static void main(String[] arguments) throws Exception {
    ClusterJob job = new ClusterJob();
    try {
      new CommandLine(job).parseArgs(arguments);
      job.run(StreamExecutionEnvironment.getExecutionEnvironment(), System.out);
    } catch (CommandLine.ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (SpecificationException e) {
      throw new IllegalArgumentException(job.specification + ":\n" + e.getMessage(), e);
    }
  }

  private void run(StreamExecutionEnvironment env, PrintStream out) throws Exception {
    PreparedRun run = prepare(env);
    ClusterTraining.Ended ended = new ClusterTraining(env).run(run);
    if (ended instanceof ClusterTraining.Ended.Done done) {
      out.println(
          LastLine.of(done.outcome(), run.specification().workers().runtime(), run.directory()));
    } else if (ended instanceof ClusterTraining.Ended.Stopped stopped) {
      out.println("drey: stopped after " + stopped.step() + " steps, with Flink's savepoint");
    } else {
      out.println("drey: the run's directory is " + run.directory());
    }
  }

  private PreparedRun prepare(StreamExecutionEnvironment env)
      throws SpecificationException, IOException {
    RunSpecification read =
        new SpecificationText(Objects.requireNonNull(specification), Path.of("").toAbsolutePath())
            .read(overrides.values());
    TransactionCheck.check(read, Configuration.fromMap(env.getConfiguration().toMap()));
    return ClusterDirectory.open(read, new ProfilePlanner(env.getParallelism()));
  }
}
