package dev.drey.connectors.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Kafka's config provider for secrets: the clients call it when they are opened, in their own
 * process. Until then properties contain only references, such as {@code
 * ${drey:env:KAFKA_PASSWORD}}, so that neither Flink's job graph nor logs contain a secret.
 * Instantiated by Kafka, by class name.
 */
public final class SecretProvider implements ConfigProvider {

  static final String ENVIRONMENT = "env";
  static final String FILE = "file";

  private static final String NAME = "drey";
  private static final int MOST_BYTES = 1 << 20;

  static String reference(String kind, String name) {
    return "${" + NAME + ":" + kind + ":" + name + "}";
  }

  /** The properties that register this provider with a client. */
  static Map<String, String> properties() {
    return Map.of(
        "config.providers",
        NAME,
        "config.providers." + NAME + ".class",
        SecretProvider.class.getName());
  }

  static void checkName(String name) {
    if (name.isEmpty() || name.contains("}")) { // } would end the reference
      throw new IllegalArgumentException("is \"" + name + "\", must have no } and not be empty");
    }
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public ConfigData get(String path) {
    throw new ConfigException("a secret needs a name: " + path);
  }

  @Override
  public ConfigData get(String kind, Set<String> names) {
    Map<String, String> secrets = new HashMap<>();
    names.forEach(name -> secrets.put(name, kind.equals(FILE) ? file(name) : variable(name)));
    return new ConfigData(secrets);
  }

  private static String variable(String name) {
    String secret = System.getenv(name);
    if (secret == null || secret.isEmpty()) {
      throw new ConfigException("environment variable " + name + " is not set");
    }
    return secret;
  }

  private static String file(String path) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new ConfigException("secret file " + path + " cannot be read: " + e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new ConfigException("secret file " + path + " has more than " + MOST_BYTES + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
  }

  @Override
  public void close() {}
}
