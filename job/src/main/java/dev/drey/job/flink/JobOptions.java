package dev.drey.job.flink;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;

/** Flink's options for a job, in this process or on a cluster. */
public final class JobOptions {

  /** Complete checkpoints of a job that exist at the same time: if one is damaged, one is left. */
  public static final int RETAINED = 2;

  private JobOptions() {}

  /**
   * The options.
   *
   * @param checkpointInterval between checkpoints
   * @param checkpoints where they are written, a URI
   */
  public static Configuration of(Duration checkpointInterval, String checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // With it a job that is done waits for one more checkpoint, half an interval on average. See
    // ending for jobs that need it.
    configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    return configuration;
  }

  /**
   * Whether a job takes one more checkpoint at its end.
   *
   * @param writesToTopics whether it writes to topics: that checkpoint commits their last records
   */
  public static Configuration ending(boolean writesToTopics) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, writesToTopics);
    return configuration;
  }
}
