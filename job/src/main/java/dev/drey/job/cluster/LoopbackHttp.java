package dev.drey.job.cluster;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Makes the JDK's HTTP servers listen on loopback where they were to listen on all interfaces:
 * Flink's Prometheus reporter can be told a port only. Given to a JVM by the system property {@code
 * com.sun.net.httpserver.HttpServerProvider}.
 *
 * <p>It runs without Drey's jars: it may use nothing else of this project.
 */
public final class LoopbackHttp extends HttpServerProvider {

  /** What the JVM needs besides. */
  static final String EXPORT = "--add-exports=jdk.httpserver/sun.net.httpserver=ALL-UNNAMED";

  private final HttpServerProvider jdk;

  /** Over the JDK's own. */
  public LoopbackHttp() throws ReflectiveOperationException {
    this.jdk =
        Class.forName("sun.net.httpserver.DefaultHttpServerProvider")
            .asSubclass(HttpServerProvider.class)
            .getConstructor()
            .newInstance();
  }

  @Override
  public HttpServer createHttpServer(InetSocketAddress address, int backlog) throws IOException {
    return jdk.createHttpServer(onLoopback(address), backlog);
  }

  @Override
  public HttpsServer createHttpsServer(InetSocketAddress address, int backlog) throws IOException {
    return jdk.createHttpsServer(onLoopback(address), backlog);
  }

  private static InetSocketAddress onLoopback(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }
}
