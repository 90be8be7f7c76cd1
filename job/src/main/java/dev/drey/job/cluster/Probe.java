package dev.drey.job.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;

/** Checks whether parts of a cluster answer. */
public final class Probe {

  private static final int MOST_BYTES = 1 << 20;
  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(5).toMillis());
  private static final ObjectMapper JSON = new ObjectMapper();

  private Probe() {}

  /** Whether a process listens on a port of this machine. */
  public static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The number of TaskManagers of a JobManager; -1 if it does not answer. */
  public static int taskManagers(URI web) {
    try {
      URLConnection overview = web.resolve("/overview").toURL().openConnection();
      overview.setConnectTimeout(PATIENCE_MILLIS);
      overview.setReadTimeout(PATIENCE_MILLIS);
      try (InputStream in = overview.getInputStream()) {
        return JSON.readTree(in.readNBytes(MOST_BYTES)).path("taskmanagers").asInt(-1);
      }
    } catch (IOException e) {
      return -1;
    }
  }
}
