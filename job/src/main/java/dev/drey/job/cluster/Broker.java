package dev.drey.job.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Kafka broker without a Flink cluster: a process on loopback that ends with this process. */
public final class Broker implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final KafkaNode node;
  private final Process process;

  private Broker(KafkaNode node, Process process) {
    this.node = node;
    this.process = process;
  }

  /**
   * Starts a broker, and waits until it accepts connections.
   *
   * @param home checkout with Drey's build
   * @param root directory for its files
   */
  public static Broker open(Path home, Path root) throws IOException, InterruptedException {
    JavaProcess.prepare(root);
    KafkaNode node = KafkaNode.of(home, root, FreePort.any());
    node.prepare();
    Broker broker = new Broker(node, node.start());
    try {
      broker.awaitListening();
      return broker;
    } catch (IOException e) {
      broker.close();
      throw e;
    }
  }

  private void awaitListening() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Probe.listens(node.port())) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("Kafka did not start; see " + node.root().resolve("logs/kafka.log"));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** The bootstrap servers. */
  public String servers() {
    return node.address();
  }

  /** Stops the broker. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
