package dev.drey.job.flink;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Flink's file systems in this process; on a cluster, Flink's own programs initialize them. */
public final class FileSystems {

  private FileSystems() {}

  /**
   * Loads those of the plugins directory (FLINK_PLUGINS_DIR, or {@code plugins} in the working
   * directory), if there is one, for the whole process.
   *
   * @param options of Flink, as {@code s3.endpoint}
   */
  public static void open(Map<String, String> options) {
    Configuration configuration = Configuration.fromMap(options);
    FileSystem.initialize(
        configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
  }
}
