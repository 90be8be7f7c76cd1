package dev.drey.job.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Settings of a cluster on this machine.
 *
 * @param directory for all its files, absolute
 * @param home checkout with Drey's build
 * @param ports to listen on
 * @param workers maximum number of concurrent worker processes of the function, at least 1
 * @param memoryMb memory of one worker, MB
 * @param files the files and directories that workers may open; all below directories
 * @param flinkOptions override Drey's
 */
public record ClusterSettings(
    Path directory,
    Path home,
    Ports ports,
    int workers,
    int memoryMb,
    List<Path> files,
    Map<String, String> flinkOptions) {

  public ClusterSettings {
    files = List.copyOf(files);
    flinkOptions = Map.copyOf(flinkOptions);
  }

  /**
   * Ports. 0 stands for the usual port, or any free one if that is in use.
   *
   * @param web of Flink's web UI
   * @param kafka of the broker
   * @param lambda of the Lambda service
   */
  public record Ports(int web, int kafka, int lambda) {}
}
