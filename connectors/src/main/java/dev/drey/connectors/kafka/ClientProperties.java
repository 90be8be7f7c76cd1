package dev.drey.connectors.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Validates and assembles the properties of Kafka's clients. */
public final class ClientProperties {

  /**
   * Properties that users must not set, with the reason: a key of the specification sets them, or
   * they would break a guarantee.
   */
  private static final Map<String, String> RESERVED =
      Map.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "the key bootstrap-servers sets it",
          ConsumerConfig.GROUP_ID_CONFIG, "the key group sets it",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "the key start sets it",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "offsets are committed with checkpoints",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "keys are read as bytes",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "values are read as bytes",
          ConsumerConfig.CLIENT_ID_CONFIG, "each client has a name of its own");

  private ClientProperties() {}

  /**
   * What is wrong with a property, worded to follow its name: "is not a property of Kafka's
   * consumers". Never contains a secret.
   */
  public static Optional<String> fault(String name, ClientProperty property) {
    ConfigDef.ConfigKey key = ConsumerConfig.configDef().configKeys().get(name);
    if (key == null) {
      return Optional.of("is not a property of Kafka's consumers");
    }
    if (RESERVED.containsKey(name)) {
      return Optional.of("must be left out: " + RESERVED.get(name));
    }
    boolean secret = key.type == ConfigDef.Type.PASSWORD;
    Optional<String> faultOfSecret =
        secret
            ? Optional.empty()
            : Optional.of(
                "is not a secret to Kafka, which writes it to its log: must be in the clear");
    return property.match(
        plain ->
            secret
                ? Optional.of("is written in the clear, must be {env: NAME} or {file: PATH}")
                : wrong(key, plain.value()),
        environment -> faultOfSecret,
        file -> faultOfSecret);
  }

  private static Optional<String> wrong(ConfigDef.ConfigKey key, String value) {
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return Optional.empty();
    } catch (RuntimeException e) { // ConfigException, or whatever a validator throws
      return Optional.of("is \"" + value + "\", which Kafka refuses: " + e.getMessage());
    }
  }

  /**
   * The properties of a client.
   *
   * @param known the names that this kind of client knows; others are omitted
   */
  static Properties of(KafkaSettings settings, Set<String> known) {
    Properties properties = new Properties();
    properties.putAll(SecretProvider.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
    settings
        .properties()
        .forEach(
            (name, property) -> {
              if (known.contains(name)) {
                properties.put(name, property.reference());
              }
            });
    return properties;
  }
}
