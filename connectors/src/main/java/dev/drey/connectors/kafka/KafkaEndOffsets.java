package dev.drey.connectors.kafka;

import dev.drey.core.stream.EndOffsets;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the brokers for the ends of partitions: with {@code isolation.level: read_committed}, of
 * what may be read now. Offsets that hold no record, such as ends of transactions, count too.
 */
final class KafkaEndOffsets implements EndOffsets {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final Admin admin;

  /**
   * @throws IOException if the settings make no client
   */
  KafkaEndOffsets(KafkaSettings settings) throws IOException {
    this.settings = settings;
    Properties properties = ClientProperties.of(settings, AdminClientConfig.configNames());
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "drey-" + settings.group() + "-ends");
    try {
      this.admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw new IOException(settings.servers() + ": no client can be made: " + kind(e));
    }
  }

  @Override
  public Map<String, Long> ends() throws IOException, InterruptedException {
    return offsets(OffsetSpec.latest());
  }

  /** Other starts than the earliest depend on the moment at which they were looked up. */
  @Override
  public Map<String, Long> starts() throws IOException, InterruptedException {
    return settings.start() instanceof StartingOffsets.Earliest
        ? offsets(OffsetSpec.earliest())
        : Map.of();
  }

  private Map<String, Long> offsets(OffsetSpec which) throws IOException, InterruptedException {
    try {
      Map<String, Long> offsets = new HashMap<>();
      var answer = admin.listOffsets(partitions(which), new ListOffsetsOptions(isolation())).all();
      answer
          .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
          .forEach((partition, found) -> offsets.put(partition.toString(), found.offset()));
      return offsets;
    } catch (TopicException e) { // causes are left out: their texts may hold secrets
      throw new IOException(e.getMessage());
    } catch (TimeoutException e) {
      throw new IOException(
          settings.servers() + " does not answer within " + DEADLINE.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IOException(settings.servers() + " fails: " + kind(e.getCause()));
    }
  }

  private Map<TopicPartition, OffsetSpec> partitions(OffsetSpec which)
      throws TopicException, InterruptedException, ExecutionException, TimeoutException {
    var names =
        settings
            .topics()
            .names(
                () -> {
                  try {
                    return admin
                        .listTopics()
                        .names()
                        .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
                  } catch (ExecutionException | TimeoutException e) {
                    throw new TopicException(
                        TopicException.Blame.SERVERS,
                        settings.servers() + " does not list its topics: " + kind(e));
                  }
                });
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    var described = admin.describeTopics(names).allTopicNames();
    for (TopicDescription topic :
        described.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  partitions.put(new TopicPartition(topic.name(), partition.partition()), which));
    }
    return partitions;
  }

  private IsolationLevel isolation() {
    Properties consumer = ClientProperties.of(settings, ConsumerConfig.configNames());
    String level = consumer.getProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    return "read_committed".equals(level)
        ? IsolationLevel.READ_COMMITTED
        : IsolationLevel.READ_UNCOMMITTED;
  }

  private static String kind(Throwable failure) {
    return failure.getClass().getSimpleName();
  }

  @Override
  public void close() {
    admin.close(DEADLINE);
  }
}
