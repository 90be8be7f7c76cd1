package dev.drey.job.specification;

import dev.drey.connectors.kafka.ClientProperty;
import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.job.specification.data.KafkaTypes;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Shorthand;
import dev.drey.job.specification.key.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic to which a run writes about itself: its learning curve, its published versions.
 *
 * @param topic its name; it must exist
 * @param servers addresses of its brokers; empty for the stream's, with the stream's properties
 * @param properties of clients of these brokers
 */
public record TopicSettings(
    String topic, Optional<String> servers, Map<String, ClientProperty> properties) {

  private static final Key<TopicSettings, String> TOPIC =
      Key.of("topic", KafkaTypes.TOPIC, TopicSettings::topic, "its name; it must exist");

  private static final Key<TopicSettings, Optional<String>> SERVERS =
      Key.of(
              "bootstrap-servers",
              new Maybe<>(KafkaTypes.ADDRESSES),
              TopicSettings::servers,
              "its brokers")
          .orElse(Optional.empty(), "those of data.kafka, with its properties");

  private static final Key<TopicSettings, Map<String, ClientProperty>> PROPERTIES =
      Key.of(
              "properties",
              KafkaTypes.CLIENT_PROPERTIES,
              TopicSettings::properties,
              "with bootstrap-servers: Kafka's client properties, as data.kafka has them")
          .orElse(Map.of(), "none");

  private static final Section<TopicSettings> SECTION =
      new Section<>(
          List.of(TOPIC, SERVERS, PROPERTIES),
          values ->
              new TopicSettings(values.get(TOPIC), values.get(SERVERS), values.get(PROPERTIES)));

  static final Type<TopicSettings> TYPE = new Shorthand<>(SECTION, TOPIC);

  public TopicSettings {
    properties = Map.copyOf(properties);
    if (servers.isPresent()) {
      KafkaSettings.ofTopic(servers.get(), topic, properties); // checks the properties
    } else if (!properties.isEmpty()) {
      throw new IllegalArgumentException(
          "has properties and no bootstrap-servers, whose they would be");
    }
  }

  /**
   * Settings of a client of the topic.
   *
   * @param stream that the run trains on, if it does
   */
  public KafkaSettings kafka(Optional<StreamSettings> stream) {
    return servers
        .map(addresses -> KafkaSettings.ofTopic(addresses, topic, properties))
        .orElseGet(() -> stream.orElseThrow().kafka().forTopic(topic));
  }
}
