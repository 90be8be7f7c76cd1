package dev.drey.job.cluster;

import dev.drey.job.access.RestAccess;
import dev.drey.job.flink.LocalFlink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Flink's configuration for a cluster on this machine; without the settings of jobs. */
final class ClusterConfiguration {

  private static final int SLOTS = 2;

  private ClusterConfiguration() {}

  /** The file with the token for whatever does more than read over the REST API. */
  static Path token(Path root) {
    return root.resolve("conf/token");
  }

  /**
   * The configuration.
   *
   * @param root directory of the cluster; gets a new token, the classes that ask for it, and the
   *     key of the processes
   */
  static Configuration of(Path root, int webPort, int rpcPort)
      throws IOException, InterruptedException {
    Configuration configuration = LocalFlink.processes(SLOTS, root.resolve("tmp"));
    configuration.set(RestOptions.PORT, webPort);
    configuration.set(RestOptions.BIND_PORT, String.valueOf(webPort));
    configuration.set(JobManagerOptions.PORT, rpcPort);
    // Distribute tasks evenly over the TaskManagers; one TaskManager can hold a whole job.
    configuration.set(
        TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE,
        TaskManagerOptions.TaskManagerLoadBalanceMode.SLOTS);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.parse("128mb"));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.parse("128mb"));
    configuration.set(TaskManagerOptions.TASK_HEAP_MEMORY, MemorySize.parse("512mb"));
    configuration.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse("1gb"));
    // Detect a killed TaskManager after 10 s instead of 50 s.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(2));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(10));
    configuration.setString(
        "metrics.reporter.prometheus.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    JavaProcess.createPrivate(root.resolve("conf"));
    InternalKeys.protect(configuration, root.resolve("conf"));
    RestAccess.protect(configuration, token(root));
    RestAccess.install(root.resolve("classes"));
    return configuration;
  }
}
