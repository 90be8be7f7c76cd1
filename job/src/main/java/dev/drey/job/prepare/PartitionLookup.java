package dev.drey.job.prepare;

import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.KafkaTopics;
import dev.drey.connectors.kafka.TopicException;
import java.time.Duration;
import java.util.Map;

/** Looks up which topics exist, and how many partitions each has. */
@FunctionalInterface
interface PartitionLookup {

  /** Longest time for the brokers to answer. */
  Duration DEADLINE = Duration.ofSeconds(10);

  /** Asks the brokers. */
  PartitionLookup FROM_BROKERS = settings -> new KafkaTopics(settings, DEADLINE).partitions();

  /** Asks no broker and reports one partition, for callers that need only the network. */
  PartitionLookup SKIPPED = settings -> Map.of("of any name", 1);

  /**
   * How many partitions each topic has, by its name.
   *
   * @throws TopicException if brokers do not answer, refuse the client, or lack a topic
   */
  Map<String, Integer> partitions(KafkaSettings settings)
      throws TopicException, InterruptedException;
}
