package dev.drey.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.run.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class FlinkProcessITCase {

  @TempDir private Path directory;

  @Test
  void twoJobsRunAtTheSameTimeAndEachEndsByItself() throws Exception {
    Configuration configuration =
        LocalFlink.configuration(
            1, Duration.ofHours(1), directory.resolve("checkpoints"), directory.resolve("tmp"));
    configuration.set(RestOptions.BIND_PORT, "0");
    try (FlinkProcess flink = FlinkProcess.start(configuration, 2, directory.resolve("token"))) {
      FlinkJob first = flink.submit(endless(configuration));
      FlinkJob second = flink.submit(endless(configuration));
      awaitCheckpoint(first);
      awaitCheckpoint(second);

      first.cancel().get();
      Watch.until("the first job is cancelled", first::isCancelled);

      assertThat(second.isCancelled()).isFalse();
      awaitCheckpoint(second);
      assertThat(first.newestCheckpoint()).contains(first.id().toHexString());
      assertThat(second.newestCheckpoint()).contains(second.id().toHexString());
      assertThat(second.restores().get()).isZero();
      second.cancel().get();
    }
  }

  /** A checkpoint is complete only while all tasks of a job run. */
  static void awaitCheckpoint(FlinkJob job) throws Exception {
    Watch.until(
        "a checkpoint of " + job.id(),
        () -> {
          try {
            return job.checkpoint().get() > 0;
          } catch (ExecutionException e) {
            return false; // it does not run yet
          }
        });
  }

  /** A job that runs until it is cancelled. */
  static JobGraph endless(Configuration configuration) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.fromSource(
            new NumberSequenceSource(0, Long.MAX_VALUE),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .sinkTo(new DiscardingSink<>());
    return env.getStreamGraph().getJobGraph();
  }
}
