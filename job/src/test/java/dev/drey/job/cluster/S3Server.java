package dev.drey.job.cluster;

import dev.drey.job.run.Watch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;

/** A real S3 server on loopback in its own process, and Flink's file system configured for it. */
public final class S3Server implements AutoCloseable {

  private static final Path TARGET = Path.of("target/s3").toAbsolutePath();
  private static final String KEY = "key";
  private static final String SECRET = "secret";

  private final Process process;
  private final Path objects;
  private final int port;

  private S3Server(Process process, Path objects, int port) {
    this.process = process;
    this.objects = objects;
    this.port = port;
  }

  /** Starts a server. */
  public static S3Server start(Path directory) throws Exception {
    Path objects = Files.createDirectories(directory.resolve("objects"));
    JavaProcess.prepare(directory);
    Files.writeString(
        directory.resolve("classes/logback.xml"),
        """
        <configuration>
          <appender name="log" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %m%n</pattern></encoder>
          </appender>
          <root level="info"><appender-ref ref="log"/></root>
        </configuration>
        """);
    int port = FreePort.any();
    Path properties =
        Files.writeString(
            directory.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            """
                .formatted(port, KEY, SECRET, objects));
    Process process =
        new JavaProcess(
                List.of("-Xmx128m"),
                TARGET.resolve("server") + "/*",
                "org.gaul.s3proxy.Main",
                List.of("--properties", properties.toString()),
                directory.resolve("logs/s3.log"))
            .start(directory);
    S3Server server = new S3Server(process, objects, port);
    Watch.until("S3 answers", server::listens);
    return server;
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("the S3 server has ended");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Creates a bucket; returns its directory, with one file per object. */
  public Path bucket(String name) throws IOException {
    return Files.createDirectory(objects.resolve(name));
  }

  /** Registers the file system for s3:// with Flink in this process. */
  public void open() throws IOException {
    FileSystem.initialize(
        Configuration.fromMap(
            Map.of(
                "s3.endpoint",
                "http://127.0.0.1:" + port,
                "s3.path.style.access",
                "true",
                "s3.access-key",
                KEY,
                "s3.secret-key",
                SECRET)),
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(TARGET.resolve("plugins")).findPlugins(),
            new String[] {"java.", "org.apache.flink.", "javax.annotation.", "org.slf4j"}));
  }

  @Override
  public void close() {
    FileSystem.initialize(new Configuration(), null);
    process.destroyForcibly().onExit().join();
  }
}
