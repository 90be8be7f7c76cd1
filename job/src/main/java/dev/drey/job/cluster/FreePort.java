package dev.drey.job.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds free ports on loopback. */
final class FreePort {

  private FreePort() {}

  /**
   * Chooses a port.
   *
   * @param asked the required port; 0 for none
   * @param usual the preferred port if none is required
   * @throws IOException if the required port is in use
   */
  static int of(int asked, int usual) throws IOException {
    if (asked != 0) {
      return probe(asked);
    }
    try {
      return probe(usual);
    } catch (IOException e) {
      return any();
    }
  }

  static int any() throws IOException {
    return probe(0);
  }

  private static int probe(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IOException("port " + port + " is in use", e);
    }
  }
}
