package dev.drey.connectors.kafka;

import dev.drey.core.stream.RawRecord;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Creates sources of Kafka records. */
public final class KafkaRecords {

  private KafkaRecords() {}

  /**
   * The source of the records that the settings select. A split is a partition, whose id equals {@code Position.partition}; offsets are committed to the group with each checkpoint. Secrets are resolved in the tasks, when they open their clients.
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
            .setStartingOffsets(start(settings.start()));
    if (settings.topics() instanceof Topics.Named named) {
      builder.setTopics(named.names());
    } else if (settings.topics() instanceof Topics.Matching matching) {
      builder.setTopicPattern(Pattern.compile(matching.pattern()));
    }
    if (settings.end() instanceof StoppingOffsets.Latest) {
      builder.setBounded(OffsetsInitializer.latest());
    } else if (settings.end() instanceof StoppingOffsets.At at) {
      builder.setBounded(OffsetsInitializer.timestamp(at.time().toEpochMilli()));
    }
    KafkaSource<RawRecord> source = builder.build();
    return settings.end() instanceof StoppingOffsets.Never ? source : new BoundedKafkaSource(source);
  }

  @SuppressWarnings("deprecation") // the connector offers no alternative
  private static OffsetsInitializer start(StartingOffsets start) {
    if (start instanceof StartingOffsets.Latest) {
      return OffsetsInitializer.latest();
    }
    if (start instanceof StartingOffsets.At at) {
      return OffsetsInitializer.timestamp(at.time().toEpochMilli());
    }
    return start instanceof StartingOffsets.Committed
        ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
        : OffsetsInitializer.earliest();
  }
}
