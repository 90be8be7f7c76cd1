package dev.drey.job.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Starts a Kafka broker that is its own controller. Its topics survive a restart.
 *
 * @param root directory of the cluster
 * @param classPath with Kafka's jars
 * @param port for clients
 * @param controllerPort for the broker's own controller
 */
record KafkaNode(Path root, String classPath, int port, int controllerPort) {

  private static final String JARS = "deploy/cluster/kafka/target/lib";

  private static final List<String> FLAGS = List.of("-Xmx512m", "-Xms64m");
  private static final int PATIENCE_SECONDS = 60;

  /**
   * A broker from Drey's build.
   *
   * @param home checkout with Drey's build
   * @param root directory for its files
   * @param port for clients
   * @throws IOException if Kafka is missing in the build
   */
  static KafkaNode of(Path home, Path root, int port) throws IOException {
    return new KafkaNode(root, JavaProcess.jars(home.resolve(JARS)), port, FreePort.any());
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Creates the configuration, and formats the log directory the first time. */
  void prepare() throws IOException, InterruptedException {
    Path data = root.resolve("kafka");
    Files.writeString(
        properties(),
        """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        controller.quorum.bootstrap.servers=127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
            .formatted(port, controllerPort, data));
    if (!Files.exists(data.resolve("meta.properties"))) {
      format();
    }
  }

  private void format() throws IOException, InterruptedException {
    UUID id = UUID.randomUUID();
    Process process =
        program(
                "kafka.tools.StorageTool",
                List.of("format", "--standalone", "-t", base64(id), "-c", properties().toString()),
                "kafka-format")
            .start(root);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          "Kafka's directory cannot be formatted; see " + root.resolve("logs/kafka-format.log"));
    }
  }

  /** An id in Kafka's own format. */
  private static String base64(UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  Process start() throws IOException {
    return program("kafka.Kafka", List.of(properties().toString()), "kafka").start(root);
  }

  private JavaProcess program(String main, List<String> arguments, String log) {
    return new JavaProcess(FLAGS, classPath, main, arguments, root.resolve("logs/" + log + ".log"));
  }

  private Path properties() {
    return root.resolve("conf/kafka.properties");
  }
}
