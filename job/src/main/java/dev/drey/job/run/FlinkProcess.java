package dev.drey.job.run;

import dev.drey.operators.coordination.PackedAnswer;
import dev.drey.operators.coordination.PauseAnswer;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepRequest;
import dev.drey.operators.loop.LoopGraph;
import dev.drey.operators.server.FinalProgress;
import java.net.BindException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.ExceptionUtils;

/** A Flink cluster in this process, with its web UI, that runs one job at a time. */
final class FlinkProcess implements AutoCloseable {

  private final MiniCluster cluster;
  private final MiniClusterClient client;

  private FlinkProcess(MiniCluster cluster, Configuration configuration) {
    this.cluster = cluster;
    this.client = new MiniClusterClient(configuration, cluster);
  }

  /**
   * Starts the cluster.
   *
   * @throws RunFailedException if the port of the web UI is taken
   */
  static FlinkProcess start(Configuration configuration) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(configuration.get(CoreOptions.DEFAULT_PARALLELISM))
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      cluster.closeAsync().join();
      if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
        throw new RunFailedException(
            "the web UI cannot listen on port "
                + configuration.get(RestOptions.BIND_PORT)
                + ": it is in use. Choose another with -D rest.port=PORT",
            e);
      }
      throw e;
    }
    return new FlinkProcess(cluster, configuration);
  }

  URI webInterface() throws Exception {
    return cluster.getRestAddress().get();
  }

  JobID submit(JobGraph graph) throws Exception {
    return client.submitJob(graph).get();
  }

  /** Completed when the job has ended; fails if it failed. */
  CompletableFuture<Progress> result(JobID job) {
    return client
        .requestJobResult(job)
        .thenApply(
            result -> {
              try {
                JobExecutionResult done =
                    result.toJobExecutionResult(FlinkProcess.class.getClassLoader());
                Progress progress = done.getAccumulatorResult(FinalProgress.NAME);
                return progress == null ? Progress.NONE : progress;
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
  }

  /** How far the job is. Fails before it runs, and after it has ended. */
  CompletableFuture<Progress> progress(JobID job) {
    return client
        .sendCoordinationRequest(job, LoopGraph.SERVER_UID, new StepRequest.Report())
        .thenApply(PackedAnswer::read)
        .thenApply(Progress.class::cast);
  }

  /** Lets the steps that are out finish, and then ends the job with its model. */
  CompletableFuture<?> stop(JobID job) {
    return client.sendCoordinationRequest(job, LoopGraph.SERVER_UID, new StepRequest.Stop());
  }

  /**
   * Lets the job stand still between two steps.
   *
   * @param before a version that it must be before
   * @return completed once it does, or as soon as it will not
   */
  CompletableFuture<PauseAnswer> pause(JobID job, long before) {
    return ask(job, new StepRequest.Pause(before));
  }

  CompletableFuture<PauseAnswer> isPaused(JobID job) {
    return ask(job, new StepRequest.IsPaused());
  }

  /** Lifts the pause. */
  CompletableFuture<PauseAnswer> goOn(JobID job) {
    return ask(job, new StepRequest.Resume());
  }

  private CompletableFuture<PauseAnswer> ask(JobID job, StepRequest request) {
    return client
        .sendCoordinationRequest(job, LoopGraph.SERVER_UID, request)
        .thenApply(PackedAnswer::read)
        .thenApply(PauseAnswer.class::cast);
  }

  /** Takes a checkpoint; completed with its number when it is complete. */
  CompletableFuture<Long> checkpoint(JobID job) {
    return client.triggerCheckpoint(job, CheckpointType.DEFAULT);
  }

  CompletableFuture<?> cancel(JobID job) {
    return client.cancel(job);
  }

  /** Whether it ended by being cancelled. */
  boolean isCancelled(JobID job) throws Exception {
    return client.getJobStatus(job).get() == JobStatus.CANCELED;
  }

  /** How often the job was restored, from a checkpoint or what it began with. */
  CompletableFuture<Long> restores(JobID job) {
    return checkpoints(job)
        .thenApply(checkpoints -> checkpoints.getCounts().getNumberOfRestoredCheckpoints());
  }

  /** Where the newest checkpoint of a job lies, a URI; it has one. */
  String newestCheckpoint(JobID job) throws Exception {
    CompletedCheckpointStats newest =
        checkpoints(job).get().getHistory().getLatestCompletedCheckpoint();
    return Objects.requireNonNull(newest).getExternalPath();
  }

  private CompletableFuture<CheckpointStatsSnapshot> checkpoints(JobID job) {
    return cluster
        .getExecutionGraph(job)
        .thenApply(graph -> Objects.requireNonNull(graph.getCheckpointStatsSnapshot()));
  }

  /** Where the savepoint lies that a job was stopped with, if it was. */
  Optional<String> savepointOfStop(JobID job) throws Exception {
    CheckpointStatsSnapshot checkpoints =
        cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
    return Optional.ofNullable(checkpoints)
        .map(all -> all.getHistory().getLatestSavepoint())
        .filter(savepoint -> savepoint.getProperties().isSynchronous())
        .map(CompletedCheckpointStats::getExternalPath);
  }

  /** Ends the cluster with all its threads. */
  @Override
  public void close() {
    client.close();
    cluster.closeAsync().join();
  }
}
