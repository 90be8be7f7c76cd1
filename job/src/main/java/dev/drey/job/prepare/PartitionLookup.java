package dev.drey.job.prepare;

import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.KafkaTopics;
import dev.drey.connectors.kafka.TopicException;
import java.time.Duration;
import java.util.Map;

/** Finds out which topics there are, and how many partitions each has. */
@FunctionalInterface
interface PartitionLookup {

  /** How long the brokers may take to answer. */
  Duration DEADLINE = Duration.ofSeconds(10);

  /** Asks the brokers. */
  PartitionLookup FROM_BROKERS = settings -> new KafkaTopics(settings, DEADLINE).partitions();

  /** Asks nobody and reports one partition, for callers that need the network alone. */
  PartitionLookup SKIPPED = settings -> Map.of("of any name", 1);

  /**
   * How many partitions each topic has, by its name.
   *
   * @throws TopicException if brokers do not answer, refuse the client, or lack a topic
   */
  Map<String, Integer> partitions(KafkaSettings settings)
      throws TopicException, InterruptedException;
}
