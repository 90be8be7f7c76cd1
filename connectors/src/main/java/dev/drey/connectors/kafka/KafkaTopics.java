package dev.drey.connectors.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers for topics, their partitions, ids and offsets. Thread-safe. */
public final class KafkaTopics {

  private final KafkaSettings settings;
  private final Duration deadline;

  /**
   * Creates a client; nothing is connected yet.
   *
   * @param deadline longest wait for each answer
   */
  public KafkaTopics(KafkaSettings settings, Duration deadline) {
    this.settings = settings;
    this.deadline = deadline;
  }

  /**
   * The number of partitions of each selected topic, by name.
   *
   * @throws TopicException if no broker answers in time, a topic is missing or not authorized, or
   *     no topic matches the pattern
   */
  public Map<String, Integer> partitions() throws TopicException, InterruptedException {
    try (Brokers brokers = Brokers.connect(settings, deadline)) {
      Map<String, Integer> partitions = new TreeMap<>();
      Collection<String> names = settings.topics().names(brokers::topics);
      brokers
          .describe(names)
          .forEach(topic -> partitions.put(topic.name(), topic.partitions().size()));
      List<String> missing = names.stream().filter(name -> !partitions.containsKey(name)).toList();
      if (!missing.isEmpty()) {
        throw new TopicException(
            TopicException.Blame.TOPICS,
            settings.servers() + " has no topic " + String.join(", ", missing));
      }
      return partitions;
    }
  }

  /**
   * The ids of topics, by name; those that do not exist are left out.
   *
   * @throws TopicException if no broker answers in time, or a topic is not authorized
   */
  Map<String, String> ids(Collection<String> names) throws TopicException, InterruptedException {
    try (Brokers brokers = Brokers.connect(settings, deadline)) {
      return IdentifiedTopics.ids(brokers.describe(names));
    }
  }

  /**
   * The offsets that a partition has.
   *
   * @throws TopicException if no broker answers in time, or the topic does not exist or is not
   *     authorized
   */
  OffsetRange offsets(TopicPartition partition) throws TopicException, InterruptedException {
    try (Brokers brokers = Brokers.connect(settings, deadline)) {
      return new OffsetRange(
          brokers.offset(partition, OffsetSpec.earliest()),
          brokers.offset(partition, OffsetSpec.latest()));
    }
  }
}
