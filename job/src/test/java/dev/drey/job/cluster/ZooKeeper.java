package dev.drey.job.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * A ZooKeeper server on loopback in this process, for leader election and metadata of JobManagers.
 * It comes with Flink's test utilities.
 */
final class ZooKeeper implements AutoCloseable {

  /** ZooKeeper grants sessions of 2 to 20 ticks. */
  private static final int TICK_MILLIS = 500;

  private static final int MOST_CLIENTS = 100;

  private final ServerCnxnFactory connections;

  private ZooKeeper(ServerCnxnFactory connections) {
    this.connections = connections;
  }

  static ZooKeeper start(Path directory) throws IOException, InterruptedException {
    ServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_CLIENTS);
    connections.startup(new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MILLIS));
    return new ZooKeeper(connections);
  }

  String address() {
    return "127.0.0.1:" + connections.getLocalPort();
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
