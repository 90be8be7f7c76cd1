package dev.drey.job.flink;

import dev.drey.job.access.RestAccess;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.ExceptionUtils;

/** A Flink cluster in this process, with its web UI. */
public final class FlinkProcess implements AutoCloseable {

  private final MiniCluster cluster;
  private final MiniClusterClient client;

  private FlinkProcess(MiniCluster cluster, Configuration configuration) {
    this.cluster = cluster;
    this.client = new MiniClusterClient(configuration, cluster);
  }

  /**
   * Starts the cluster.
   *
   * @param jobs that run at the same time, each in as many task slots as the default parallelism
   * @param token the file for the token that the REST API asks of whoever does more than read
   * @throws IOException if the port of the web UI is taken; the message says so to the user
   */
  public static FlinkProcess start(Configuration configuration, int jobs, Path token)
      throws Exception {
    RestAccess.protect(configuration, token);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(
                    jobs * configuration.get(CoreOptions.DEFAULT_PARALLELISM))
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      cluster.closeAsync().join();
      if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
        throw new IOException(
            "the web UI cannot listen on port "
                + configuration.get(RestOptions.BIND_PORT)
                + ": it is in use. Choose another with -D rest.port=PORT",
            e);
      }
      throw e;
    }
    return new FlinkProcess(cluster, configuration);
  }

  public URI webInterface() throws Exception {
    return cluster.getRestAddress().get();
  }

  /** Starts a job, which waits while there are not enough free task slots. */
  public FlinkJob submit(JobGraph graph) throws Exception {
    return new FlinkJob(cluster, client, client.submitJob(graph).get());
  }

  /** Ends the cluster with all its threads. */
  @Override
  public void close() {
    client.close();
    cluster.closeAsync().join();
  }
}
