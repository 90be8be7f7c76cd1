package dev.drey.connectors.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The properties of Kafka's clients. */
public final class ClientProperties {

  /** Names that a setting of its own stands for, or that would break what is promised. */
  private static final Map<String, String> TAKEN =
      Map.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "bootstrap-servers tells it",
          ConsumerConfig.GROUP_ID_CONFIG, "group tells it",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "start tells it",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "offsets are committed with checkpoints",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "keys are read as bytes",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "values are read as bytes",
          ConsumerConfig.CLIENT_ID_CONFIG, "each client has a name of its own");

  private ClientProperties() {}

  /**
   * What is wrong with a property, to follow its name: "is no property of Kafka's consumers". The
   * value is not in it.
   */
  public static Optional<String> fault(String name, ClientProperty property) {
    ConfigDef.ConfigKey key = ConsumerConfig.configDef().configKeys().get(name);
    if (key == null) {
      return Optional.of("is no property of Kafka's consumers");
    }
    if (TAKEN.containsKey(name)) {
      return Optional.of("must be left out: " + TAKEN.get(name));
    }
    boolean secret = key.type == ConfigDef.Type.PASSWORD;
    Optional<String> faultOfSecret =
        secret
            ? Optional.empty()
            : Optional.of(
                "is no secret to Kafka, which writes it to its log: must be in the clear");
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
    } catch (RuntimeException e) { // ConfigException, or what a validator throws
      return Optional.of("is \"" + value + "\", which Kafka refuses: " + e.getMessage());
    }
  }

  /**
   * The properties of a client.
   *
   * @param known names that the kind of client has; others are left out
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
