package dev.drey.job.prepare;

import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.TransactionTimeout;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/** Proves that brokers let transactions of a run be open from one checkpoint to the next. */
public final class TransactionCheck {

  private static final String INTERVAL_OPTION =
      "-D " + CheckpointingOptions.CHECKPOINTING_INTERVAL.key();

  private TransactionCheck() {}

  /**
   * Checks each set of brokers to which the run writes in transactions.
   *
   * @param flink Flink's options, whose interval of checkpoints overrides the specification's
   * @throws SpecificationException if transactions would need more time than brokers allow
   */
  public static void check(RunSpecification specification, Configuration flink)
      throws SpecificationException, InterruptedIOException {
    List<KafkaSettings> written = written(specification);
    if (written.isEmpty()) {
      return;
    }
    Optional<Duration> given = given(flink);
    Duration interval = given.orElse(specification.checkpoints().interval());
    String key = given.isPresent() ? INTERVAL_OPTION : "checkpoints.interval";
    List<Fault> faults = new ArrayList<>();
    for (KafkaSettings brokers : written) {
      try {
        TransactionTimeout.fault(brokers, interval, PartitionLookup.DEADLINE)
            .map(fault -> Fault.of(key, fault))
            .filter(fault -> !faults.contains(fault))
            .ifPresent(faults::add);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while brokers were asked");
      }
    }
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
  }

  private static Optional<Duration> given(Configuration flink) throws SpecificationException {
    try {
      return flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    } catch (IllegalArgumentException e) {
      throw new SpecificationException(
          List.of(Fault.of(INTERVAL_OPTION, "is not a duration: " + e.getMessage())));
    }
  }

  private static List<KafkaSettings> written(RunSpecification specification) {
    Optional<StreamSettings> stream = specification.stream();
    List<TopicSettings> topics = new ArrayList<>();
    stream
        .flatMap(StreamSettings::deadLetterTopic)
        .map(topic -> new TopicSettings(topic, Optional.empty(), Map.of()))
        .ifPresent(topics::add);
    specification.output().publish().flatMap(PublishSettings::announce).ifPresent(topics::add);
    specification.output().metricsTopic().ifPresent(topics::add);
    List<KafkaSettings> brokers = new ArrayList<>();
    for (TopicSettings topic : topics) {
      KafkaSettings settings = topic.kafka(stream);
      if (brokers.stream().noneMatch(other -> areSame(other, settings))) {
        brokers.add(settings);
      }
    }
    return brokers;
  }

  private static boolean areSame(KafkaSettings one, KafkaSettings other) {
    return one.servers().equals(other.servers()) && one.properties().equals(other.properties());
  }
}
