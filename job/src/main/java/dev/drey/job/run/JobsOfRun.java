package dev.drey.job.run;

import dev.drey.job.flink.FlinkProcess;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.GenerationIndex;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** The jobs of a run: one, or one after another where the structure changes. Not thread-safe. */
final class JobsOfRun {

  private final PreparedRun run;
  private final LoopOfRun loop;
  private final FlinkProcess flink;
  private final LoopPorts ports;
  private final Configuration configuration;

  JobsOfRun(
      PreparedRun run,
      LoopOfRun loop,
      FlinkProcess flink,
      LoopPorts ports,
      Configuration configuration) {
    this.run = run;
    this.loop = loop;
    this.flink = flink;
    this.ports = ports;
    this.configuration = configuration;
  }

  /** Whether a job that is cancelled leaves its checkpoint for another to go on from. */
  boolean leaveCheckpoints() {
    return configuration.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
        == ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
  }

  /** Starts the next job; the one before has ended. */
  TrainingJob start(Stage stage) throws Exception {
    JobGraph graph = RunGraph.jobGraph(run, loop, ports, configuration, stage);
    noteCheckpoints(graph.getJobID());
    if (run.specification().aggregation().isAuto()) {
      new GenerationIndex(run.directory()).add(stage.generation(), graph.getJobID());
    }
    return new TrainingJob(flink.submit(graph), stage, loop.uids(stage));
  }

  /** Of a directory that is not this machine's no note is made: the user names what to resume. */
  private void noteCheckpoints(JobID job) throws IOException {
    URI directory =
        new org.apache.flink.core.fs.Path(
                configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
            .toUri();
    if (directory.getScheme() == null || directory.getScheme().equals("file")) {
      new CheckpointIndex(run.directory())
          .add(Path.of(directory.getPath()).toAbsolutePath().resolve(job.toHexString()));
    }
  }
}
