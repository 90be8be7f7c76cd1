package dev.drey.job.specification.data;

import dev.drey.connectors.kafka.ClientProperty;
import dev.drey.job.specification.key.MapOf;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Words;
import java.util.Map;
import java.util.regex.Pattern;

/** Types of the keys that name a topic, its brokers, and the properties of their clients. */
public final class KafkaTypes {

  /** Kafka's own rule for names of topics. */
  public static final Type<String> TOPIC =
      Words.matching(
          "a topic's name of letters, digits, dots, dashes and underscores",
          Pattern.compile("[A-Za-z0-9._-]{1,249}"));

  /** Addresses of brokers. */
  public static final Type<String> ADDRESSES =
      Words.matching(
          "host:port, several joined by commas",
          Pattern.compile("[^\\s:,]+:[0-9]{1,5}(\\s*,\\s*[^\\s:,]+:[0-9]{1,5})*"));

  /** Client properties of Kafka, by their own names. */
  public static final Type<Map<String, ClientProperty>> CLIENT_PROPERTIES =
      new MapOf<>("properties", new ClientPropertyType());

  private KafkaTypes() {}
}
