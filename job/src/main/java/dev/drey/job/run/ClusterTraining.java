package dev.drey.job.run;

import dev.drey.connectors.store.DirectoryWeightStore;
import dev.drey.job.flink.JobOptions;
import dev.drey.job.model.ModelDirectory;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.server.FinalProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.DetachedJobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * Trains on the Flink cluster that an environment belongs to, which sees the run's directory, the
 * data and the weight store as this machine does. What Flink is told elsewhere, by its
 * configuration or {@code -D}, goes before the specification. The structure stays: nobody plans
 * anew while the run goes on.
 */
public final class ClusterTraining {

  /** For the weights, in the run's directory, if they are given no other place. */
  private static final String EXCHANGE = "exchange";

  private final StreamExecutionEnvironment env;

  public ClusterTraining(StreamExecutionEnvironment env) {
    this.env = env;
  }

  /** What became of the job. */
  public sealed interface Ended {

    /**
     * It was handed over, and nobody waits for it.
     *
     * @param job of Flink
     */
    record Submitted(JobID job) implements Ended {}

    /**
     * Flink was asked to stop it: there is a savepoint, and no model.
     *
     * @param step the last that was applied
     */
    record Stopped(long step) implements Ended {}

    /**
     * The model is saved.
     *
     * @param outcome whose account of examples balances
     */
    record Done(Outcome outcome) implements Ended {}
  }

  /**
   * Runs the job; waits for its end if Flink is told to ({@code execution.attached}).
   *
   * @throws RunFailedException if the account of examples does not balance
   * @throws Exception what Flink throws when the job fails
   */
  public Ended run(PreparedRun run) throws Exception {
    Path directory = run.directory();
    configure(run);
    LoopOfRun loop = new LoopOfRun(run);
    Path weights =
        run.specification()
            .store()
            .directory()
            .orElse(directory.resolve(EXCHANGE).resolve("weights"));
    LoopPorts ports =
        LoopPorts.aws(
            run.specification(),
            DirectoryWeightStore.Provider.of(Files.createDirectories(weights)));
    RunGraph.draw(env, run, loop, ports, Stage.first(run));
    JobExecutionResult result = env.execute(run.specification().name());
    if (result instanceof DetachedJobExecutionResult) {
      return new Ended.Submitted(result.getJobID());
    }
    return ended(run, loop, result.getAccumulatorResult(FinalProgress.NAME));
  }

  private static Ended ended(PreparedRun run, LoopOfRun loop, Progress last)
      throws IOException, RunFailedException {
    if (!Files.exists(new ModelDirectory(run.directory()).weights())) {
      return new Ended.Stopped(last.version());
    }
    FileUtils.deleteDirectory(run.directory().resolve(EXCHANGE).toFile());
    return new Ended.Done(Outcome.of(last, loop, run, false));
  }

  private void configure(PreparedRun run) {
    Path checkpoints =
        run.specification()
            .checkpoints()
            .directory()
            .orElse(run.directory().resolve(LocalTraining.CHECKPOINTS));
    Configuration ours =
        JobOptions.of(run.specification().checkpoints().interval(), checkpoints.toUri().toString());
    ours.addAll(JobOptions.ending(run.specification().writesToTopics()));
    Set<String> given = env.getConfiguration().toMap().keySet();
    given.forEach(ours::removeKey);
    env.configure(ours);
  }
}
