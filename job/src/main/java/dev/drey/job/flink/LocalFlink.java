package dev.drey.job.flink;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** Flink's settings for running in this process, by default. */
public final class LocalFlink {

  private static final String LOOPBACK = "127.0.0.1";

  private LocalFlink() {}

  /**
   * The settings.
   *
   * @param parallelism tasks per operator, which is also the number of task slots
   * @param checkpointInterval between checkpoints
   * @param checkpoints where checkpoints are written
   * @param temporary where RocksDB works, and for Flink's other temporary files
   */
  public static Configuration configuration(
      int parallelism, Duration checkpointInterval, Path checkpoints, Path temporary) {
    Configuration configuration = processes(parallelism, temporary);
    configuration.addAll(JobOptions.of(checkpointInterval, checkpoints.toUri().toString()));
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    configuration.set(RestOptions.BIND_PORT, "8081-8181");
    // The web UI shows the run. What changes it is for Flink's commands.
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.CANCEL_ENABLE, false);
    configuration.set(WebOptions.RESCALE_ENABLE, false);
    return configuration;
  }

  /**
   * The settings of JobManager and TaskManager alone; everything listens on loopback.
   *
   * @param slots of a TaskManager
   * @param temporary where RocksDB works, and for Flink's other temporary files
   */
  public static Configuration processes(int slots, Path temporary) {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(WebOptions.TMP_DIR, temporary.toString());
    configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, temporary.toString());
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    // So that a sum of half a megabyte needs 2 buffers and not 16.
    configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("256kb"));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.parse("256mb"));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.parse("256mb"));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.parse("128mb"));
    // The run reads its own metrics. Flink fetches them only on request.
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
    configuration.set(RestOptions.ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(JobManagerOptions.ADDRESS, LOOPBACK);
    configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(TaskManagerOptions.HOST, LOOPBACK);
    configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    return configuration;
  }
}
