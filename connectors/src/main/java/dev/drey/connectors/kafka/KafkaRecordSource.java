package dev.drey.connectors.kafka;

import dev.drey.core.stream.RawRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads records with Flink's connector, and neither passes over records that are gone ({@link
 * GapCheckingReader}) nor takes one topic for another ({@link IdentifiedTopics}). The connector's
 * own classes are used for the reader, since its public source has no place for such checks.
 */
record KafkaRecordSource(KafkaSettings settings)
    implements Source<RawRecord, KafkaPartitionSplit, KafkaEnumeratorState>,
        ResultTypeQueryable<RawRecord> {

  private static final long serialVersionUID = 1L;

  /** Longest wait for brokers that are asked about a topic. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @Override
  public Boundedness getBoundedness() {
    return settings.end().offsets().isPresent()
        ? Boundedness.BOUNDED
        : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<RawRecord, KafkaPartitionSplit> createReader(SourceReaderContext context) {
    Properties properties = properties();
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    KafkaSourceReaderMetrics metrics = new KafkaSourceReaderMetrics(context.metricGroup());
    FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> fetched =
        new FutureCompletingBlockingQueue<>();
    return new KafkaSourceReader<>(
        fetched,
        new KafkaSourceFetcherManager(
            fetched,
            () ->
                new GapCheckingReader(
                    properties,
                    context,
                    metrics,
                    new KafkaTopics(settings, DEADLINE),
                    settings.lostOffsets()),
            finished -> {}),
        new KafkaRecordEmitter<>(new RawRecordSchema()),
        configuration(properties),
        context,
        metrics);
  }

  private static Configuration configuration(Properties properties) {
    Configuration configuration = new Configuration();
    properties
        .stringPropertyNames()
        .forEach(name -> configuration.setString(name, properties.getProperty(name)));
    return configuration;
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaEnumeratorState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    IdentifiedTopics topics = new IdentifiedTopics(settings.topics(), Map.of());
    return new PartitionEnumerator(
        source(topics).createEnumerator(context), topics, lookup(), Optional.empty());
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaEnumeratorState state)
      throws IOException {
    IdentifiedTopics topics = new IdentifiedTopics(settings.topics(), state.topicIds());
    boolean over =
        getBoundedness() == Boundedness.BOUNDED && state.partitions().initialDiscoveryFinished();
    return new PartitionEnumerator(
        source(topics).restoreEnumerator(context, state.partitions()),
        topics,
        lookup(),
        over ? Optional.of(context) : Optional.empty());
  }

  private KafkaTopics lookup() {
    return new KafkaTopics(settings, DEADLINE);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return anySource().getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaEnumeratorState> getEnumeratorCheckpointSerializer() {
    return new KafkaEnumeratorState.Serializer(anySource().getEnumeratorCheckpointSerializer());
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }

  /** The connector's source, for what does not depend on topics' ids. */
  private KafkaSource<RawRecord> anySource() {
    return source(new IdentifiedTopics(settings.topics(), Map.of()));
  }

  private KafkaSource<RawRecord> source(IdentifiedTopics topics) {
    KafkaSourceBuilder<RawRecord> builder =
        KafkaSource.<RawRecord>builder()
            .setProperties(properties())
            .setBootstrapServers(settings.servers())
            .setGroupId(settings.group())
            .setKafkaSubscriber(topics)
            .setDeserializer(new RawRecordSchema())
            .setStartingOffsets(settings.start().offsets());
    Optional<OffsetsInitializer> end = settings.end().offsets();
    end.ifPresent(builder::setBounded);
    return builder.build();
  }

  private Properties properties() {
    Properties properties = ClientProperties.of(settings, ConsumerConfig.configNames());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    properties.put(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), "drey-" + settings.group());
    properties.put(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        String.valueOf(settings.discovery() == null ? -1 : settings.discovery().toMillis()));
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    String bytes = ByteArrayDeserializer.class.getName();
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, bytes);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, bytes);
    return properties;
  }
}
