package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is read of Kafka. Holds references to secrets, not secrets.
 *
 * @param servers host:port of some brokers, joined by commas
 * @param topics which are read
 * @param group whose offsets are committed, for others to see how far the run is
 * @param start where partitions are read from
 * @param end where they are read to
 * @param discovery how often new partitions are looked for, or null for never
 * @param properties more of the clients', by Kafka's names; see {@link ClientProperties#fault}
 */
public record KafkaSettings(
    String servers,
    Topics topics,
    String group,
    StartingOffsets start,
    StoppingOffsets end,
    @Nullable Duration discovery,
    Map<String, ClientProperty> properties)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public KafkaSettings {
    properties = new TreeMap<>(properties);
    properties.forEach(
        (name, property) ->
            ClientProperties.fault(name, property)
                .ifPresent(
                    fault -> {
                      throw new IllegalArgumentException("property " + name + " " + fault);
                    }));
  }

  /**
   * Brokers of a topic that is written to, where nothing else is read of them.
   *
   * @param servers host:port of some brokers, joined by commas
   * @param properties as {@link KafkaSettings} has them
   */
  public static KafkaSettings ofTopic(
      String servers, String topic, Map<String, ClientProperty> properties) {
    return new KafkaSettings(
        servers,
        new Topics.Named(List.of(topic)),
        "",
        new StartingOffsets.Earliest(),
        new StoppingOffsets.Never(),
        null,
        properties);
  }

  /** The same brokers, for a topic that is written to. */
  public KafkaSettings forTopic(String topic) {
    return ofTopic(servers, topic, properties);
  }

  @Override
  public Map<String, ClientProperty> properties() {
    return Map.copyOf(properties);
  }
}
