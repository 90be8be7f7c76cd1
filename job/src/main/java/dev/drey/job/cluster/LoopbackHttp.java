package dev.drey.job.cluster;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Makes the JDK's HTTP servers listen on loopback instead of all interfaces, since Flink's
 * Prometheus reporter has an option for the port only. The system property {@code
 * com.sun.net.httpserver.HttpServerProvider} installs it.
 *
 * <p>It runs without Drey's jars, so it must not use other classes of this project.
 */
public final class LoopbackHttp extends HttpServerProvider {

  /** The JVM flag that this class needs. */
  static final String EXPORT = "--add-exports=jdk.httpserver/sun.net.httpserver=ALL-UNNAMED";

  private final HttpServerProvider jdk;

  /** Wraps the JDK's own provider. */
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
