package dev.drey.job.flink;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** A job of a {@link FlinkProcess}. Thread-safe. */
public final class FlinkJob {

  private final MiniCluster cluster;
  private final MiniClusterClient client;
  private final JobID id;

  FlinkJob(MiniCluster cluster, MiniClusterClient client, JobID id) {
    this.cluster = cluster;
    this.client = client;
    this.id = id;
  }

  public JobID id() {
    return id;
  }

  /** Completed when the job has ended, with its accumulators; fails if the job failed. */
  public CompletableFuture<JobExecutionResult> result() {
    return client
        .requestJobResult(id)
        .thenApply(
            result -> {
              try {
                return result.toJobExecutionResult(FlinkJob.class.getClassLoader());
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
  }

  /**
   * Asks the coordinator of an operator. Fails before the job runs, and after it has ended.
   *
   * @param uid of the operator
   */
  public CompletableFuture<CoordinationResponse> ask(String uid, CoordinationRequest request) {
    return client.sendCoordinationRequest(id, uid, request);
  }

  /** Takes a checkpoint; completed with its number when it is complete. */
  public CompletableFuture<Long> checkpoint() {
    return client.triggerCheckpoint(id, CheckpointType.DEFAULT);
  }

  public CompletableFuture<?> cancel() {
    return client.cancel(id);
  }

  public CompletableFuture<JobStatus> status() {
    return client.getJobStatus(id);
  }

  /** Whether it ended by being cancelled. */
  public boolean isCancelled() throws Exception {
    return status().get() == JobStatus.CANCELED;
  }

  /** How often the job was restored: from a checkpoint, or from the state that it started with. */
  public CompletableFuture<Long> restores() {
    return checkpoints()
        .thenApply(checkpoints -> checkpoints.getCounts().getNumberOfRestoredCheckpoints());
  }

  /** The place of its newest checkpoint, a URI; there must be one. */
  public String newestCheckpoint() throws Exception {
    CompletedCheckpointStats newest =
        checkpoints().get().getHistory().getLatestCompletedCheckpoint();
    return Objects.requireNonNull(newest).getExternalPath();
  }

  private CompletableFuture<CheckpointStatsSnapshot> checkpoints() {
    return cluster
        .getExecutionGraph(id)
        .thenApply(graph -> Objects.requireNonNull(graph.getCheckpointStatsSnapshot()));
  }

  /** The place of the savepoint that the job was stopped with, if it was. */
  public Optional<String> savepointOfStop() throws Exception {
    CheckpointStatsSnapshot checkpoints =
        cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot();
    return Optional.ofNullable(checkpoints)
        .map(all -> all.getHistory().getLatestSavepoint())
        .filter(savepoint -> savepoint.getProperties().isSynchronous())
        .map(CompletedCheckpointStats::getExternalPath);
  }
}
