package dev.drey.job.cluster;

import dev.drey.job.access.AccessToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;

/**
 * The key by which the processes of a cluster recognise each other, on both sides of TLS. Flink's
 * processes deserialize Java objects of whoever may connect to them.
 */
final class InternalKeys {

  private static final int PATIENCE_SECONDS = 120;
  private static final String DAYS = "3650";

  private InternalKeys() {}

  /**
   * Generates a new key for a cluster.
   *
   * @param configuration of all its processes, which is changed
   * @param directory for the key, which only its owner can read
   */
  static void protect(Configuration configuration, Path directory)
      throws IOException, InterruptedException {
    Path password = directory.resolve("internal.password");
    Path keys = directory.resolve("internal.p12");
    AccessToken unused = AccessToken.create(password); // random, and of mode 0600
    Files.deleteIfExists(keys);
    generate(keys, password);
    String secret = Files.readString(password, StandardCharsets.US_ASCII).trim();
    configuration.set(SecurityOptions.SSL_INTERNAL_ENABLED, true);
    configuration.set(SecurityOptions.SSL_INTERNAL_KEYSTORE, keys.toString());
    configuration.set(SecurityOptions.SSL_INTERNAL_KEYSTORE_TYPE, "PKCS12");
    configuration.set(SecurityOptions.SSL_INTERNAL_KEYSTORE_PASSWORD, secret);
    configuration.set(SecurityOptions.SSL_INTERNAL_KEY_PASSWORD, secret);
    configuration.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE, keys.toString());
    configuration.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE_TYPE, "PKCS12");
    configuration.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE_PASSWORD, secret);
  }

  /** The JDK's program, since its classes have no public way to sign a certificate. */
  private static void generate(Path keys, Path password) throws IOException, InterruptedException {
    Path log = Files.createTempFile("keytool", ".log");
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                      "-genkeypair",
                      "-alias",
                      "flink.internal",
                      "-dname",
                      "CN=flink.internal",
                      // Names of the nodes, which clients compare.
                      "-ext",
                      "san=dns:localhost,ip:127.0.0.1",
                      "-keyalg",
                      "RSA",
                      "-keysize",
                      "3072",
                      "-validity",
                      DAYS,
                      "-storetype",
                      "PKCS12",
                      "-keystore",
                      keys.toString(),
                      // As a file, since everyone sees the arguments of a process.
                      "-storepass:file",
                      password.toString()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(
            "keytool cannot write the cluster's key to " + keys + ": " + Files.readString(log));
      }
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
