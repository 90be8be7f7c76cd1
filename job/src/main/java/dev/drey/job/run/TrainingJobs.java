package dev.drey.job.run;

import dev.drey.job.flink.FlinkProcess;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.GenerationIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.runtime.jobgraph.JobGraph;

/**
 * Starts the Flink jobs of a run: one, and another after each change of the structure. Not
 * thread-safe.
 */
final class TrainingJobs {

  private final PreparedRun run;
  private final TrainingLoop loop;
  private final FlinkProcess flink;
  private final LoopPorts ports;
  private final Configuration configuration;

  TrainingJobs(
      PreparedRun run,
      TrainingLoop loop,
      FlinkProcess flink,
      LoopPorts ports,
      Configuration configuration) {
    this.run = run;
    this.loop = loop;
    this.flink = flink;
    this.ports = ports;
    this.configuration = configuration;
  }

  /** Whether the checkpoint of a cancelled job is kept, so that another job can restore it. */
  boolean keepCheckpoints() {
    return configuration.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
        == ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
  }

  /** Starts a job; the one before has ended. */
  TrainingJob start(JobStart start) throws Exception {
    JobGraph graph = RunGraph.jobGraph(run, loop, ports, configuration, start);
    noteCheckpoints(graph.getJobID());
    if (run.specification().aggregation().isAuto()) {
      new GenerationIndex(run.directory()).add(start.generation(), graph.getJobID());
    }
    return new TrainingJob(flink.submit(graph), start, loop.uids(start));
  }

  /**
   * Notes where the job writes its checkpoints, for {@code --resume}; if that is not a directory of
   * this machine, the user has to name the checkpoint.
   */
  private void noteCheckpoints(JobID job) throws IOException {
    Optional<Path> directory =
        CheckpointIndex.local(configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
    if (directory.isPresent()) {
      new CheckpointIndex(run.directory()).add(directory.get().resolve(job.toHexString()));
    }
  }
}
