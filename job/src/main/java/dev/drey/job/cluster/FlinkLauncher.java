package dev.drey.job.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Flink's command {@code bin/flink}, as in its distribution, for one cluster. */
final class FlinkLauncher {

  private FlinkLauncher() {}

  /**
   * Writes {@code bin/flink} and the logging configuration that it names.
   *
   * @param root directory of the cluster, with its {@code conf}
   * @param classPath with Flink's client
   * @throws IOException if a file cannot be written or made executable
   */
  static void write(Path root, String classPath) throws IOException {
    Path script = Files.createDirectories(root.resolve("bin")).resolve("flink");
    Files.writeString(
        script,
        """
        #!/bin/sh
        # Flink's command for this cluster. Only who may read the token changes something.
        token=$(cat '%4$s') || exit 1
        export FLINK_REST_CLIENT_HEADERS="Authorization:Bearer $token"
        export FLINK_CONF_DIR='%1$s/conf'
        exec '%2$s' --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \\
          -XX:TieredStopAtLevel=1 '-Dlog4j2.configurationFile=%1$s/conf/client-log4j2.properties' \\
          -cp '%3$s' org.apache.flink.client.cli.CliFrontend "$@"
        """
            .formatted(root, JavaProcess.java(), classPath, ClusterConfiguration.token(root)));
    Files.writeString(
        root.resolve("conf/client-log4j2.properties"),
        """
        rootLogger.level = warn
        rootLogger.appenderRef.console.ref = console
        logger.cli.name = org.apache.flink.client.cli
        logger.cli.level = error
        appender.console.type = Console
        appender.console.name = console
        appender.console.target = SYSTEM_ERR
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %level{lowerCase=true}: %m%n
        """);
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
  }
}
