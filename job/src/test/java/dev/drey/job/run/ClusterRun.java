package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.job.cluster.StandaloneCluster;
import dev.drey.job.flink.LocalFlink;
import dev.drey.operators.coordination.PackedAnswer;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepRequest;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.server.FinalProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.messages.Acknowledge;

/**
 * A run on a cluster of other processes; its workers are below this one. Checkpoints are taken when
 * a test asks.
 */
final class ClusterRun implements AutoCloseable {

  private static final int PARALLELISM = 2;
  private static final long PATIENCE_SECONDS = 300;
  private static final int MAX_ASK_SECONDS = 2;

  private final RestClusterClient<?> client;
  private final Workers workers;
  private final JobID job;

  private ClusterRun(RestClusterClient<?> client, Workers workers, JobID job) {
    this.client = client;
    this.workers = workers;
    this.job = job;
  }

  static ClusterRun submit(PreparedRun run, Path home, StandaloneCluster cluster) throws Exception {
    Workers workers = Workers.open(run, LocalSetup.of(home));
    try {
      Configuration configuration =
          LocalFlink.configuration(
              PARALLELISM,
              Duration.ofHours(1),
              run.directory().resolve("checkpoints"),
              run.directory().resolve("flink-tmp"));
      var graph =
          RunGraph.jobGraph(
              run, new TrainingLoop(run), workers.ports(), configuration, JobStart.first(run));
      JobID job = cluster.client().submitJob(graph).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new ClusterRun(cluster.client(), workers, job);
    } catch (Exception e) {
      workers.close();
      throw e;
    }
  }

  /** The TaskManager that runs an operator of a single task. */
  String host(String operator) throws Exception {
    Set<String> hosts = hosts(operator);
    assertThat(hosts).hasSize(1);
    return hosts.iterator().next();
  }

  /** The TaskManagers that run the tasks of an operator. */
  Set<String> hosts(String operator) throws Exception {
    Set<String> hosts = new HashSet<>();
    for (JsonNode vertex : web().vertices(job.toHexString())) {
      if (vertex.path("name").asText().contains(operator)) {
        String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/taskmanagers";
        web()
            .get(path)
            .path("taskmanagers")
            .forEach(host -> hosts.add(host.path("taskmanager-id").asText()));
      }
    }
    return hosts;
  }

  /** The checkpoint that the running job was restored from; -1 if none was, or none runs. */
  long restored() throws InterruptedException {
    try {
      return checkpoints().path("latest").path("restored").path("id").asLong(-1);
    } catch (IOException e) {
      return -1; // its JobManager is gone
    }
  }

  /** How often the JobManager that leads now has restored the job. */
  long restores() throws Exception {
    return checkpoints().path("counts").path("restored").asLong(-1);
  }

  private JsonNode checkpoints() throws IOException, InterruptedException {
    return web().get("/jobs/" + job + "/checkpoints");
  }

  /** The REST API of the JobManager that leads now. */
  private WebUi web() {
    return new WebUi(URI.create(client.getWebInterfaceURL()));
  }

  void awaitVersion(long version) throws Exception {
    Watch.until("version " + version, () -> version() >= version);
  }

  /** How many steps the running job has applied; -1 while there is none to ask. */
  private long version() throws InterruptedException {
    try {
      Progress progress =
          (Progress)
              PackedAnswer.read(
                  client
                      .sendCoordinationRequest(job, Uids.FIRST.server(), new StepRequest.Report())
                      .get(MAX_ASK_SECONDS, TimeUnit.SECONDS));
      return progress.version();
    } catch (ExecutionException | TimeoutException e) {
      return -1;
    }
  }

  /** Takes a checkpoint, and returns its id once it is complete. */
  long checkpoint() throws Exception {
    return client
        .triggerCheckpoint(job, CheckpointType.DEFAULT)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for the end. */
  Progress result() throws Exception {
    return client
        .requestJobResult(job)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .toJobExecutionResult(ClusterRun.class.getClassLoader())
        .getAccumulatorResult(FinalProgress.NAME);
  }

  /** Cancels the job, if it is still there, and ends the workers. */
  @Override
  public void close() throws IOException {
    try {
      client
          .getJobStatus(job)
          .thenCompose(
              status ->
                  status.isTerminalState()
                      ? CompletableFuture.completedFuture(Acknowledge.get())
                      : client.cancel(job))
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } finally {
      workers.close();
    }
  }
}
