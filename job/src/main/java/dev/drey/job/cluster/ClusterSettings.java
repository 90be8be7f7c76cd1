package dev.drey.job.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a cluster on this machine is made of.
 *
 * @param directory where all its files are, absolute
 * @param home the checkout, with its modules built
 * @param ports that it listens on
 * @param workers how many worker processes the function may have at once, at least 1
 * @param memoryMb of one worker, MB
 * @param flinkOptions that go before ours
 */
public record ClusterSettings(
    Path directory,
    Path home,
    Ports ports,
    int workers,
    int memoryMb,
    Map<String, String> flinkOptions) {

  public ClusterSettings {
    flinkOptions = Map.copyOf(flinkOptions);
  }

  /**
   * Ports, each 0 for the usual one, or any free one where that is taken.
   *
   * @param web of Flink's web UI
   * @param kafka of the broker
   * @param lambda of the Lambda service
   */
  public record Ports(int web, int kafka, int lambda) {}
}
