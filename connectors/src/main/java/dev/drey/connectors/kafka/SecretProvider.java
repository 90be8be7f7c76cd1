package dev.drey.connectors.kafka;

import dev.drey.connectors.secret.Secret;
import java.io.IOException;
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
    for (String name : names) {
      Secret secret = kind.equals(FILE) ? new Secret.StoredFile(name) : new Secret.Variable(name);
      try {
        secrets.put(name, secret.read());
      } catch (IOException e) {
        throw new ConfigException(e.getMessage());
      }
    }
    return new ConfigData(secrets);
  }

  @Override
  public void close() {}
}
