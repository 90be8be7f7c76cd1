package dev.drey.job.run;

import dev.drey.connectors.store.JobStores;
import dev.drey.job.flink.JobOptions;
import dev.drey.job.model.ModelDirectory;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.server.FinalProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.DetachedJobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Trains on the Flink cluster of an environment. The cluster must see the run's directory, the data
 * and the weight store under the same paths as this machine. Flink's own configuration and {@code
 * -D} override the specification. The structure of the tree does not change during the run.
 */
public final class ClusterTraining {

  private final StreamExecutionEnvironment env;

  public ClusterTraining(StreamExecutionEnvironment env) {
    this.env = env;
  }

  /** How the call ended. */
  public sealed interface Ended {

    /**
     * The job was submitted, and the client does not wait for it.
     *
     * @param job of Flink
     */
    record Submitted(JobID job) implements Ended {}

    /**
     * Flink was asked to stop the job with a savepoint: there is no model.
     *
     * @param step the last that was applied
     */
    record Stopped(long step) implements Ended {}

    /**
     * The model is saved.
     *
     * @param outcome of the run; its account of examples balances
     */
    record Done(Outcome outcome) implements Ended {}
  }

  /**
   * Runs the job; waits for its end if {@code execution.attached} is set.
   *
   * @throws RunFailedException if the account of examples does not balance
   * @throws Exception what Flink throws when the job fails
   */
  public Ended run(PreparedRun run) throws Exception {
    Path directory = run.directory();
    configure(run);
    TrainingLoop loop = new TrainingLoop(run);
    URI weights =
        run.specification()
            .store()
            .place()
            .orElse(directory.resolve(TemporaryFiles.EXCHANGE).resolve("weights").toUri());
    LoopPorts ports =
        LoopPorts.aws(run.specification(), JobStores.provider(JobStores.create(weights)));
    RunGraph.draw(env, run, loop, ports, JobStart.first(run));
    JobExecutionResult result = env.execute(run.specification().name());
    if (result instanceof DetachedJobExecutionResult) {
      return new Ended.Submitted(result.getJobID());
    }
    return ended(run, loop, result.getAccumulatorResult(FinalProgress.NAME));
  }

  private static Ended ended(PreparedRun run, TrainingLoop loop, Progress last)
      throws IOException, RunFailedException {
    if (!Files.exists(new ModelDirectory(run.directory()).weights())) {
      return new Ended.Stopped(last.version());
    }
    return new Ended.Done(new RunEnd(run, loop, step -> {}).finish(last, false));
  }

  private void configure(PreparedRun run) {
    Path checkpoints =
        run.specification()
            .checkpoints()
            .directory()
            .orElse(run.directory().resolve(TemporaryFiles.CHECKPOINTS));
    Configuration ours =
        JobOptions.of(run.specification().checkpoints().interval(), checkpoints.toUri().toString());
    ours.addAll(RestartOptions.of(run.specification().checkpoints().restarts()));
    ours.addAll(JobOptions.ending(run.specification().writesToTopics()));
    Set<String> given = env.getConfiguration().toMap().keySet();
    given.forEach(ours::removeKey);
    env.configure(ours);
  }
}
