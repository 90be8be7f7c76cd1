package dev.drey.connectors.kafka;

import dev.drey.core.stream.EndOffsets;
import dev.drey.core.stream.RawRecord;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Creates sources of Kafka records. */
public final class KafkaRecords {

  private KafkaRecords() {}

  /**
   * The source of the records that the settings select. A split is a partition, whose id equals
   * {@code Position.partition}; offsets are committed to the group with each checkpoint. Secrets
   * are resolved in the tasks, when they open their clients.
   */
  public static Source<RawRecord, KafkaPartitionSplit, KafkaSourceEnumState> source(
      KafkaSettings settings) {
    Properties properties = ClientProperties.of(settings, ConsumerConfig.configNames());
    properties.put(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        String.valueOf(settings.discovery() == null ? -1 : settings.discovery().toMillis()));
    KafkaSourceBuilder<RawRecord> builder =
        KafkaSource.<RawRecord>builder()
            .setProperties(properties)
            .setBootstrapServers(settings.servers())
            .setGroupId(settings.group())
            .setClientIdPrefix("drey-" + settings.group())
            .setDeserializer(new RawRecordSchema())
            .setStartingOffsets(settings.start().offsets());
    settings.topics().subscribe(builder);
    Optional<OffsetsInitializer> end = settings.end().offsets();
    end.ifPresent(builder::setBounded);
    KafkaSource<RawRecord> source = builder.build();
    return end.isPresent() ? new BoundedKafkaSource(source) : source;
  }

  /** The ends of the partitions that the settings select, by {@code Position.partition}. */
  public static EndOffsets.Provider ends(KafkaSettings settings) {
    return () -> new KafkaEndOffsets(settings);
  }
}
