package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is read from Kafka, and how. Contains references to secrets, never secrets.
 *
 * @param servers comma-separated host:port of bootstrap brokers
 * @param topics the topics to read
 * @param group consumer group to which offsets are committed, so that monitoring sees the lag
 * @param start where reading begins
 * @param end where reading ends
 * @param discovery interval of partition discovery, or null for none
 * @param properties further client properties, by Kafka's names; see {@link ClientProperties#fault}
 * @param lostOffsets what happens where records are gone that were not read yet
 */
public record KafkaSettings(
    String servers,
    Topics topics,
    String group,
    StartingOffsets start,
    StoppingOffsets end,
    @Nullable Duration discovery,
    Map<String, ClientProperty> properties,
    LostOffsets lostOffsets)
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
   * Settings for writing to a topic; all that concerns reading is unused.
   *
   * @param servers comma-separated host:port of bootstrap brokers
   * @param properties as in {@link KafkaSettings}
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
        properties,
        LostOffsets.FAIL);
  }

  /** These settings for writing to a topic of the same brokers. */
  public KafkaSettings forTopic(String topic) {
    return ofTopic(servers, topic, properties);
  }

  @Override
  public Map<String, ClientProperty> properties() {
    return Map.copyOf(properties);
  }
}
