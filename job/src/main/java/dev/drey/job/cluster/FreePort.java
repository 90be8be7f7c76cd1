package dev.drey.job.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports of loopback that nobody listens on. */
final class FreePort {

  private FreePort() {}

  /**
   * A port for something to listen on.
   *
   * @param asked to be this one; 0 if any will do
   * @param usual taken if any will do and it is free
   * @throws IOException if the one that is asked for is taken
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
