package dev.drey.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers for topics and their numbers of partitions. */
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
    Properties properties = ClientProperties.of(settings, AdminClientConfig.configNames());
    String millis = String.valueOf(deadline.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = open(properties)) {
      Map<String, Integer> partitions = new TreeMap<>();
      List<String> missing = new ArrayList<>();
      Map<String, KafkaFuture<TopicDescription>> described =
          admin.describeTopics(names(admin)).topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
        answer(topic.getValue(), topic.getKey())
            .ifPresentOrElse(
                found -> partitions.put(topic.getKey(), found.partitions().size()),
                () -> missing.add(topic.getKey()));
      }
      if (!missing.isEmpty()) {
        throw new TopicException(
            TopicException.Blame.TOPICS,
            settings.servers() + " has no topic " + String.join(", ", missing));
      }
      return partitions;
    }
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

  private Collection<String> names(Admin admin) throws TopicException, InterruptedException {
    return settings
        .topics()
        .names(() -> answer(admin.listTopics().names(), "all topics").orElseThrow());
  }

  /** The brokers' answer; empty if they do not have the topic. */
  private <T> Optional<T> answer(KafkaFuture<T> future, String what)
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
}
