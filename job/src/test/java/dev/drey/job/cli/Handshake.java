package dev.drey.job.cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS handshake with a port of this machine. It fails if the server does not trust us. */
final class Handshake {

  private static final int PATIENCE_MILLIS = 120_000;

  private Handshake() {}

  /** As a stranger. */
  static void without(int port) throws Exception {
    shakeHands(port, new KeyManager[0]);
  }

  /**
   * With a key.
   *
   * @param keys a PKCS12 file
   * @param password a file with its password
   */
  static void with(int port, Path keys, Path password) throws Exception {
    char[] secret = Files.readString(password).trim().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, secret);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
    own.init(store, secret);
    shakeHands(port, own.getKeyManagers());
  }

  /** With TLS 1.2 the server has checked the client when the client has its last message. */
  private static void shakeHands(int port, KeyManager[] keys) throws Exception {
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(keys, new TrustManager[] {new TrustsAll()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.startHandshake();
    }
  }

  /** A stranger does not care whom it talks to. */
  private static final class TrustsAll implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
