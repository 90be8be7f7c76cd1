package dev.drey.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A connection to brokers for questions about topics, each of which is answered before a deadline.
 * For one thread.
 */
final class Brokers implements AutoCloseable {

  private static final String LONGEST_TRANSACTION = "transaction.max.timeout.ms";

  private final KafkaSettings settings;
  private final Duration deadline;
  private final Admin admin;

  private Brokers(KafkaSettings settings, Duration deadline, Admin admin) {
    this.settings = settings;
    this.deadline = deadline;
    this.admin = admin;
  }

  /**
   * Opens a client.
   *
   * @param deadline longest wait for each answer
   * @throws TopicException if the properties do not make a client
   */
  static Brokers connect(KafkaSettings settings, Duration deadline) throws TopicException {
    Properties properties = ClientProperties.of(settings, AdminClientConfig.configNames());
    String millis = String.valueOf(deadline.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    return new Brokers(settings, deadline, open(properties));
  }

  private static Admin open(Properties properties) throws TopicException {
    try {
      return Admin.create(properties);
    } catch (KafkaException e) {
      throw new TopicException(TopicException.Blame.PROPERTIES, "no client can be made: " + own(e));
    }
  }

  /**
   * The message about a missing secret, if that is the cause; other messages might contain a secret
   * and are not shown.
   */
  private static String own(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith("environment variable ") || message.startsWith("secret file ")) {
        return message;
      }
      if (cause.getCause() == null) {
        return cause.getClass().getSimpleName()
            + ", whose text is not shown since it may hold secrets";
      }
    }
    return "";
  }

  /** The names of all topics. */
  Collection<String> topics() throws TopicException, InterruptedException {
    return answer(admin.listTopics().names(), "all topics").orElseThrow();
  }

  /** The descriptions of topics, without those that do not exist. */
  List<TopicDescription> describe(Collection<String> names)
      throws TopicException, InterruptedException {
    List<TopicDescription> found = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(names).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
      answer(topic.getValue(), topic.getKey()).ifPresent(found::add);
    }
    return found;
  }

  /** An offset of a partition. */
  long offset(TopicPartition partition, OffsetSpec which)
      throws TopicException, InterruptedException {
    Optional<ListOffsetsResultInfo> offset =
        answer(
            admin.listOffsets(Map.of(partition, which)).partitionResult(partition),
            partition.toString());
    return offset
        .orElseThrow(
            () ->
                new TopicException(
                    TopicException.Blame.TOPICS, settings.servers() + " has no " + partition))
        .offset();
  }

  /**
   * The longest timeout of transactions that all brokers allow.
   *
   * @throws TopicException if no broker answers in time, or they do not let this client read their
   *     configuration
   */
  Duration longestTransaction() throws TopicException, InterruptedException {
    List<ConfigResource> nodes = new ArrayList<>();
    for (Node node : answer(admin.describeCluster().nodes(), "the cluster").orElseThrow()) {
      nodes.add(new ConfigResource(ConfigResource.Type.BROKER, node.idString()));
    }
    long least = Long.MAX_VALUE;
    for (KafkaFuture<Config> node : admin.describeConfigs(nodes).values().values()) {
      String limit =
          answer(node, "the configuration of a broker")
              .map(config -> config.get(LONGEST_TRANSACTION))
              .map(ConfigEntry::value)
              .orElseThrow(
                  () ->
                      new TopicException(
                          TopicException.Blame.SERVERS,
                          settings.servers() + " has no " + LONGEST_TRANSACTION));
      least = Math.min(least, Long.parseLong(limit));
    }
    return Duration.ofMillis(least);
  }

  /** The brokers' answer; empty if they do not have the topic. */
  <T> Optional<T> answer(KafkaFuture<T> future, String what)
      throws TopicException, InterruptedException {
    try {
      return Optional.of(future.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw unreachable();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw unreachable();
      }
      if (cause instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
        throw new TopicException(
            cause instanceof AuthorizationException
                ? TopicException.Blame.TOPICS
                : TopicException.Blame.PROPERTIES,
            what + " is not allowed by " + settings.servers() + ": " + cause.getMessage());
      }
      throw new TopicException(
          TopicException.Blame.SERVERS, settings.servers() + " fails: " + cause.getMessage());
    }
  }

  private TopicException unreachable() {
    return new TopicException(
        TopicException.Blame.SERVERS,
        String.format(
            Locale.ROOT,
            "no broker of %s answers within %.1f s",
            settings.servers(),
            deadline.toMillis() / 1000.0));
  }

  @Override
  public void close() {
    admin.close();
  }
}
