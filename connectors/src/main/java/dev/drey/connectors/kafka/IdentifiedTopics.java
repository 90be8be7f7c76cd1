package dev.drey.connectors.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The topics that a run reads, each with the id that the brokers gave it when it was created. A
 * topic that was deleted and created again has another id, and is refused: its offsets mean other
 * records. Thread-safe.
 */
final class IdentifiedTopics implements KafkaSubscriber {

  private static final long serialVersionUID = 1L;

  private final Topics topics;
  private final Map<String, String> ids;

  /**
   * @param ids of topics that the run has read from, by name
   */
  IdentifiedTopics(Topics topics, Map<String, String> ids) {
    this.topics = topics;
    this.ids = new ConcurrentHashMap<>(ids);
  }

  /** The ids of all topics so far, by name. */
  Map<String, String> ids() {
    return new TreeMap<>(ids);
  }

  /**
   * Compares ids with those known, and keeps those of new topics.
   *
   * @param now the ids that topics have now, by name
   * @throws SuppressRestartsException if a topic has another id than before
   */
  void check(Map<String, String> now) {
    now.forEach(
        (topic, id) -> {
          String known = ids.putIfAbsent(topic, id);
          if (known != null && !known.equals(id)) {
            throw new SuppressRestartsException(new ReplacedTopicException(topic, known, id));
          }
        });
  }

  /** The ids of topics by name, without those to which old brokers have given none. */
  static Map<String, String> ids(Collection<TopicDescription> topics) {
    Map<String, String> ids = new TreeMap<>();
    for (TopicDescription topic : topics) {
      if (topic.topicId() != null && !topic.topicId().equals(Uuid.ZERO_UUID)) {
        ids.put(topic.name(), topic.topicId().toString());
      }
    }
    return ids;
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    try {
      Collection<TopicDescription> described =
          admin.describeTopics(names(admin)).allTopicNames().get().values();
      check(ids(described));
      return described.stream()
          .flatMap(
              topic ->
                  IntStream.range(0, topic.partitions().size())
                      .mapToObj(i -> new TopicPartition(topic.name(), i)))
          .collect(Collectors.toSet());
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics cannot be looked up: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were looked up", e);
    }
  }

  private Collection<String> names(AdminClient admin)
      throws ExecutionException, InterruptedException {
    Optional<List<String>> named = topics.match(t -> Optional.of(t.names()), t -> Optional.empty());
    if (named.isPresent()) {
      return named.get();
    }
    String pattern = topics.match(t -> "", Topics.Matching::pattern);
    return admin.listTopics().names().get().stream()
        .filter(Pattern.compile(pattern).asMatchPredicate())
        .toList();
  }
}
